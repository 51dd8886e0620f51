using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>Reads attempts from the file, each time on a connection of its own and a thread of the pool.</summary>
internal sealed class SqliteReader(SqliteDatabase database) : IExecutionReader
{
    private const string Open = "e.finished_no IS NULL";
    private const string Finished = "e.finished_no IS NOT NULL AND e.final";
    private const string Select = $"SELECT {RowColumns.Attempt} FROM execution e";

    // Named, because the planner has no statistics and likes the order of the table more than a small index.
    private const string OpenIndex = "INDEXED BY execution_open";

    /// <inheritdoc/>
    public Task<List<Attempt>> ReadOpenAsync(
        ExecutionQuery query, ListCursor? after, int limit, CancellationToken cancellationToken)
    {
        var filter = new SqliteFilter(Open, query);
        if (after is not null)
        {
            filter.And($"(e.scheduled_at, e.job_id) < ({filter.Add(after.Time)}, {filter.Add(after.JobId)})");
        }

        var order = $"ORDER BY e.scheduled_at DESC, e.job_id DESC LIMIT {filter.Add(limit)}";
        var sql = $"{Select} {OpenIndex} WHERE {filter} {order}";
        return ReadAsync(session => session.Query(sql, SqliteRows.ReadAttempt, filter.Values), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<List<Attempt>> ReadFinishedAsync(
        ExecutionQuery query, ListCursor? after, int limit, CancellationToken cancellationToken)
    {
        var filter = new SqliteFilter(Finished, query);
        var order = Newest(query);
        if (query.JobId is not null)
        {
            // The order of the job's own index, and within a job that of time.
            order = "e.finished_no DESC";
            if (after is not null)
            {
                filter.And($"e.finished_no < {filter.Add(after.No)}");
            }
        }
        else if (after is not null)
        {
            var place = $"({filter.Add(after.Time)}, {filter.Add(after.Shard)}, {filter.Add(after.No)})";
            filter.And($"(e.finished_at, e.shard, e.finished_no) < {place}");
        }

        var sql = $"{Select} {FinishedIndex(query)} WHERE {filter} ORDER BY {order} LIMIT {filter.Add(limit)}";
        return ReadAsync(session => session.Query(sql, SqliteRows.ReadAttempt, filter.Values), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(ExecutionQuery query, int limit, CancellationToken cancellationToken)
    {
        return ReadAsync(
            session =>
            {
                var count = ExecutionFilter.WantsOpen(query.Status) ? Count(session, OpenIndex, Open, query, limit) : 0;
                return ExecutionFilter.WantsFinished(query.Status) && count < limit
                    ? count + Count(session, FinishedIndex(query), Finished, query, limit - (int)count)
                    : count;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<List<Attempt>> ReadAttemptsAsync(IReadOnlyList<AttemptKey> keys, CancellationToken cancellationToken)
    {
        return ReadAsync(
            session => keys.SelectMany(key => session.Query(
                $"{Select} WHERE e.scheduled_at = ?1 AND e.job_id = ?2 ORDER BY e.attempt",
                SqliteRows.ReadAttempt, key.ScheduledAt, key.JobId)).ToList(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<List<AttemptOutput>> ReadOutputAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        return ReadAsync(
            session => session.Query(
                """
                SELECT attempt, output FROM execution
                WHERE scheduled_at = ?1 AND job_id = ?2 AND output IS NOT NULL ORDER BY attempt
                """,
                row => new AttemptOutput(row.GetInt32(0), row.GetString(1)), key.ScheduledAt, key.JobId),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<List<AttemptKey>> ReadKeysAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        return ReadAsync(
            session => session.Query(
                """
                SELECT job_id, scheduled_at FROM execution
                WHERE scheduled_at >= ?1 AND scheduled_at < ?2 AND attempt = 1
                """,
                row => new AttemptKey(row.GetString(0), SqliteRows.Time(row, 1), 1), from, to),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AttemptKey?> ReadFirstKeyAsync(
        string jobId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        return ReadAsync(
            session => session.Query(
                """
                SELECT scheduled_at FROM execution
                WHERE scheduled_at >= ?1 AND scheduled_at < ?2 AND job_id = ?3 AND attempt = 1
                ORDER BY scheduled_at LIMIT 1
                """,
                row => (AttemptKey?)new AttemptKey(jobId, SqliteRows.Time(row, 0), 1), from, to, jobId).FirstOrDefault(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RecordedStretch?> ReadLastStretchAsync(
        string jobId, DateTimeOffset to, CancellationToken cancellationToken)
    {
        return ReadAsync(
            session => session.Query(
                $"""
                SELECT {RowColumns.Stretch} FROM occurrence_run
                WHERE job_id = ?1 AND from_at < ?2 ORDER BY from_at DESC LIMIT 1
                """,
                SqliteRows.ReadStretch, jobId, to).FirstOrDefault(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Dictionary<Guid, string>> ReadNodeNamesAsync(
        IReadOnlyList<Guid> incarnations, CancellationToken cancellationToken)
    {
        return ReadAsync(
            session => incarnations
                .SelectMany(node => session.Query(
                    "SELECT name FROM node WHERE incarnation = ?1", row => (node, row.GetString(0)), node))
                .ToDictionary(row => row.node, row => row.Item2),
            cancellationToken);
    }

    /// <summary>Runs <paramref name="read"/> on a thread of the pool: SQLite blocks its caller.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        return Task.Run(
            () =>
            {
                using var session = database.OpenReader();
                return read(session);
            },
            cancellationToken);
    }

    /// <summary>
    /// Newest first. A list that ends in the past is read by its stretch of the table and sorted: going back through
    /// the ends of everything since would take longer the older the stretch is.
    /// </summary>
    private static string Newest(ExecutionQuery query)
    {
        return query.To is null
            ? "e.finished_at DESC, e.shard DESC, e.finished_no DESC"
            : "+e.finished_at DESC, e.shard DESC, e.finished_no DESC";
    }

    private static string FinishedIndex(ExecutionQuery query)
    {
        var wantsTrouble = ExecutionFilter.WantsTrouble(query.Status);
        return query switch
        {
            { JobId: not null } => wantsTrouble ? "INDEXED BY execution_trouble_job" : "INDEXED BY execution_window",
            _ when wantsTrouble => "INDEXED BY execution_trouble",
            { To: not null } => "",
            _ => "INDEXED BY execution_finished",
        };
    }

    private static long Count(SqliteSession session, string index, string kind, ExecutionQuery query, int limit)
    {
        var filter = new SqliteFilter(kind, query);
        var sql = $"SELECT count(*) FROM (SELECT 1 FROM execution e {index} WHERE {filter} LIMIT {filter.Add(limit)})";
        return session.Query(sql, row => row.GetInt64(0), filter.Values)[0];
    }
}
