using Microsoft.Data.Sqlite;

namespace Carillon.Persistence;

/// <summary>The database file: its connections and the lock that keeps other processes away.</summary>
internal sealed class SqliteDatabase(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _writer = Connect(path, pooling: false);
    private readonly string _readers = Connect(path, pooling: true);

    private FileStream? _held;

    /// <summary>Takes the directory's lock, or keeps it when it is held already.</summary>
    /// <exception cref="StoreInUseException">Another process has it.</exception>
    /// <exception cref="DataDirectoryException">The directory cannot be made or written.</exception>
    public void Hold()
    {
        var file = path + ".lock";
        lock (_lock)
        {
            if (_held is not null)
            {
                return;
            }

            var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
            try
            {
                Directory.CreateDirectory(directory);
                _held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (File.Exists(file))
            {
                throw new StoreInUseException(
                    $"the store '{path}' is in use: another process holds '{file}'; stop it, or choose another directory with "
                    + "carillon.node.data-dir",
                    e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DataDirectoryException(
                    $"the data directory '{directory}' cannot be used ({e.Message}): "
                    + "let the node write there, or choose another one with carillon.node.data-dir",
                    e);
            }
        }
    }

    /// <summary>Opens the one connection that writes. A commit is on disk when it returns.</summary>
    public SqliteSession OpenWriter()
    {
        return Open(
            _writer,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; "
            + "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY");
    }

    /// <summary>Opens a connection that only reads.</summary>
    public SqliteSession OpenReader()
    {
        return Open(_readers, "PRAGMA query_only = ON");
    }

    /// <summary>What a person can do about a failure of the file.</summary>
    public StoreFailedException Explained(SqliteException error)
    {
        var sentence = error.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_NOTADB =>
                $"'{path}' is not a SQLite database: move it away, or choose another directory with carillon.node.data-dir",
            SQLitePCL.raw.SQLITE_CORRUPT =>
                $"'{path}' is damaged ({error.Message}): restore it from a backup, or move it away to begin with an empty one",
            SQLitePCL.raw.SQLITE_FULL =>
                $"'{path}' cannot grow, its disk is full: free some space and start the node again",
            SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM =>
                $"'{path}' cannot be opened for writing ({error.Message}): let the node write it and its directory",
            _ => $"'{path}' cannot be used ({error.Message})",
        };
        return new StoreFailedException(sentence, error);
    }

    public void Dispose()
    {
        using (var connection = new SqliteConnection(_readers))
        {
            SqliteConnection.ClearPool(connection);
        }

        lock (_lock)
        {
            _held?.Dispose();
            _held = null;
        }
    }

    private static string Connect(string path, bool pooling)
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = path, Pooling = pooling, DefaultTimeout = 30 };
        return builder.ConnectionString;
    }

    private SqliteSession Open(string connectionString, string settings)
    {
        var session = new SqliteSession(connectionString);
        try
        {
            session.Connection.Open();
            session.Execute(settings);
            return session;
        }
        catch (SqliteException e)
        {
            session.Dispose();
            throw Explained(e);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
