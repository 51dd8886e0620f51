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
    public void Hold()
    {
        var file = path + ".lock";
        lock (_lock)
        {
            if (_held is not null)
            {
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            try
            {
                _held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e)
            {
                throw new StoreInUseException(
                    $"the store '{path}' is in use: another process holds '{file}'; stop it, or choose another path",
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
        catch (SqliteException e) when (
            e.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT)
        {
            session.Dispose();
            throw new InvalidDataException(
                $"'{path}' is not a usable SQLite database ({e.Message}): "
                + "restore it from a backup, or choose another path",
                e);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
