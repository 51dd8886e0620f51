namespace Carillon.Persistence;

/// <summary>The one connection that writes, on the one thread that may use it.</summary>
internal sealed class SqliteWriter(SqliteDatabase database, StatementWatch watch) : IAsyncDisposable
{
    private readonly WriterThread _thread = new("carillon-sqlite-writer");
    private SqliteSession? _session;
    private SqliteAppend? _append;

    /// <summary>Runs <paramref name="write"/> after the writes that wait already.</summary>
    public Task<T> RunAsync<T>(string name, Func<SqliteSession, T> write)
    {
        return _thread.RunAsync(() => watch.Run(name, () => write(Session())));
    }

    /// <summary>Runs <paramref name="write"/> likewise and blocks until it is done.</summary>
    public T Run<T>(string name, Func<SqliteSession, T> write)
    {
        return _thread.Run(() => watch.Run(name, () => write(Session())));
    }

    /// <summary>
    /// Runs <paramref name="write"/> with the prepared statements of appends; what follows runs on the writer's thread.
    /// </summary>
    public Task<T> AppendAsync<T>(Func<SqliteAppend, T> write)
    {
        return _thread.RunInlineAsync(() => watch.Run("append", () => write(_append ??= new SqliteAppend(Session()))));
    }

    public async ValueTask DisposeAsync()
    {
        await _thread.DisposeAsync();
        _append?.Dispose();
        _session?.Dispose();
    }

    private SqliteSession Session()
    {
        return _session ??= database.OpenWriter();
    }
}
