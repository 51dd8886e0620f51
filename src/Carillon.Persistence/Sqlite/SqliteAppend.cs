using Carillon.Cluster;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Carillon.Persistence;

/// <summary>The fenced append as one transaction that holds the write lock from its first statement on.</summary>
internal sealed class SqliteAppend : IDisposable
{
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _fence;
    private readonly SqliteEventWriter _events;
    private readonly Dictionary<int, bool> _current = [];

    public SqliteAppend(SqliteSession session)
    {
        var database = session.Connection.Handle!;
        _begin = new SqliteStatement(database, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(database, "COMMIT");
        _rollback = new SqliteStatement(database, "ROLLBACK");
        _fence = new SqliteStatement(database, "SELECT 1 FROM shard WHERE id = ?1 AND owner = ?2 AND epoch = ?3");
        _events = new SqliteEventWriter(database);
    }

    /// <returns>The shards that were fenced off.</returns>
    public IReadOnlySet<int> Append(AppendBatch batch)
    {
        _begin.Run();
        try
        {
            var fenced = Fence(batch);
            foreach (var shardEvent in batch.Events)
            {
                if (_current[shardEvent.Term.Shard])
                {
                    _events.Write(shardEvent);
                }
            }

            _commit.Run();
            return fenced;
        }
        catch (SqliteException e)
        {
            Undo();
            if (e.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG)
            {
                throw new AppendRejectedException($"the store refused a value: {e.Message}", e);
            }

            throw;
        }
        catch
        {
            Undo();
            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _fence.Dispose();
        _events.Dispose();
    }

    private HashSet<int> Fence(AppendBatch batch)
    {
        _current.Clear();
        var fenced = new HashSet<int>();
        foreach (var term in batch.Terms)
        {
            var current = _fence.Bind(term.Shard).Bind(batch.Owner).Bind(term.Epoch).Run();
            _current[term.Shard] = current;
            if (!current)
            {
                fenced.Add(term.Shard);
            }
        }

        return fenced;
    }

    /// <summary>Ends the transaction unless the failure has ended it already.</summary>
    private void Undo()
    {
        try
        {
            _rollback.Run();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_ERROR)
        {
            // "no transaction is active": SQLite rolls back by itself after some failures, such as a full disk.
        }
    }
}
