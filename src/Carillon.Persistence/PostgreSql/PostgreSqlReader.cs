using Carillon.Model;
using Carillon.Scheduling;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <summary>Reads attempts from the day partitions.</summary>
internal sealed class PostgreSqlReader(PostgreSqlConnections connections, TimeProvider clock) : IExecutionReader
{
    private const string Open = "e.finished_no IS NULL";
    private const string Finished = "e.finished_no IS NOT NULL AND e.final";
    private const string NewestFirst = "ORDER BY e.finished_at DESC, e.shard DESC, e.finished_no DESC";
    private const string Select = $"SELECT {RowColumns.Attempt} FROM execution e";

    // The first stretch of time searched for the newest ends; each further one reaches eight times as far.
    private static readonly TimeSpan FirstWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWindow = TimeSpan.FromDays(100);

    /// <inheritdoc/>
    public Task<List<Attempt>> ReadOpenAsync(
        ExecutionQuery query, ListCursor? after, int limit, CancellationToken cancellationToken)
    {
        var filter = new PostgreSqlFilter(Open, query);
        if (after is not null)
        {
            filter.And($"(e.scheduled_at, e.job_id) < ({filter.Add(after.Time)}, {filter.Add(after.JobId)})");
        }

        return ReadAsync(
            filter, $"ORDER BY e.scheduled_at DESC, e.job_id DESC LIMIT {filter.Add(limit)}", cancellationToken);
    }

    /// <inheritdoc/>
    public Task<List<Attempt>> ReadFinishedAsync(
        ExecutionQuery query, ListCursor? after, int limit, CancellationToken cancellationToken)
    {
        return query switch
        {
            { JobId: not null } => ReadWindowAsync(query, after, limit, cancellationToken),
            _ when ExecutionFilter.WantsTrouble(query.Status) => ReadTroubleAsync(
                query, after, limit, cancellationToken),
            _ => ReadNewestAsync(query, after, limit, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(ExecutionQuery query, int limit, CancellationToken cancellationToken)
    {
        var count = ExecutionFilter.WantsOpen(query.Status)
            ? await CountAsync(Open, query, limit, cancellationToken)
            : 0;
        return ExecutionFilter.WantsFinished(query.Status) && count < limit
            ? count + await CountAsync(Finished, query, limit - (int)count, cancellationToken)
            : count;
    }

    /// <inheritdoc/>
    public async Task<List<Attempt>> ReadAttemptsAsync(
        IReadOnlyList<AttemptKey> keys, CancellationToken cancellationToken)
    {
        await using var command = connections.Queries.CreateCommand(
            $"""
            {Select} JOIN unnest($1, $2) k(job_id, scheduled_at)
              ON e.scheduled_at = k.scheduled_at AND e.job_id = k.job_id
            ORDER BY e.attempt
            """);
        command.Parameters.Add(PostgreSqlRows.Array(keys.Select(key => key.JobId).ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(
            PostgreSqlRows.Array(keys.Select(key => key.ScheduledAt).ToArray(), NpgsqlDbType.TimestampTz));
        return await PostgreSqlRows.ReadAllAsync(command, PostgreSqlRows.ReadAttempt, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<List<AttemptOutput>> ReadOutputAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        await using var command = connections.Queries.CreateCommand(
            """
            SELECT attempt, output FROM execution
            WHERE scheduled_at = $1 AND job_id = $2 AND output IS NOT NULL ORDER BY attempt
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = key.ScheduledAt });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.JobId });
        return await PostgreSqlRows.ReadAllAsync(
            command, static row => new AttemptOutput(row.GetInt16(0), row.GetString(1)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<List<AttemptKey>> ReadKeysAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = connections.Queries.CreateCommand(
            """
            SELECT job_id, scheduled_at FROM execution
            WHERE scheduled_at >= $1 AND scheduled_at < $2 AND attempt = 1
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = to });
        return await PostgreSqlRows.ReadAllAsync(
            command,
            static row => new AttemptKey(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), 1),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<AttemptKey?> ReadFirstKeyAsync(
        string jobId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = connections.Queries.CreateCommand(
            """
            SELECT scheduled_at FROM execution
            WHERE scheduled_at >= $1 AND scheduled_at < $2 AND job_id = $3 AND attempt = 1
            ORDER BY scheduled_at LIMIT 1
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = from.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = to.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = jobId });
        var found = await PostgreSqlRows.ReadAllAsync(
            command, row => new AttemptKey(jobId, row.GetFieldValue<DateTimeOffset>(0), 1), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <inheritdoc/>
    public async Task<RecordedStretch?> ReadLastStretchAsync(
        string jobId, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = connections.Queries.CreateCommand(
            $"""
            SELECT {RowColumns.Stretch} FROM occurrence_run
            WHERE job_id = $1 AND from_at < $2 ORDER BY from_at DESC LIMIT 1
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = jobId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = to.ToUniversalTime() });
        var found = await PostgreSqlRows.ReadAllAsync(command, PostgreSqlRows.ReadStretch, cancellationToken);
        return found.FirstOrDefault();
    }

    /// <inheritdoc/>
    public async Task<Dictionary<Guid, string>> ReadNodeNamesAsync(
        IReadOnlyList<Guid> incarnations, CancellationToken cancellationToken)
    {
        await using var command = connections.Queries.CreateCommand(
            "SELECT incarnation, name FROM node WHERE incarnation = ANY ($1)");
        command.Parameters.Add(PostgreSqlRows.Array(incarnations.ToArray(), NpgsqlDbType.Uuid));
        var rows = await PostgreSqlRows.ReadAllAsync(
            command, static row => (row.GetGuid(0), row.GetString(1)), cancellationToken);
        return rows.ToDictionary(row => row.Item1, row => row.Item2);
    }

    /// <summary>The newest ends of one job: the order of its index, and within a job that of time.</summary>
    private Task<List<Attempt>> ReadWindowAsync(
        ExecutionQuery query, ListCursor? after, int limit, CancellationToken cancellationToken)
    {
        var filter = new PostgreSqlFilter(Finished, query);
        if (after is not null)
        {
            filter.And("e.finished_no < $", after.No);
        }

        return ReadAsync(filter, $"ORDER BY e.finished_no DESC LIMIT {filter.Add(limit)}", cancellationToken);
    }

    /// <summary>The newest ends that were no success, by their own index.</summary>
    private Task<List<Attempt>> ReadTroubleAsync(
        ExecutionQuery query, ListCursor? after, int limit, CancellationToken cancellationToken)
    {
        var filter = new PostgreSqlFilter(Finished, query);
        AndAfter(filter, after);
        return ReadAsync(filter, $"{NewestFirst} LIMIT {filter.Add(limit)}", cancellationToken);
    }

    /// <summary>
    /// The newest ends of all jobs. The index on the time of the end tells blocks of rows apart, not rows, which keeps
    /// it almost free for the writer; so the search goes back from the newest in growing stretches until it has enough.
    /// </summary>
    private async Task<List<Attempt>> ReadNewestAsync(
        ExecutionQuery query, ListCursor? after, int limit, CancellationToken cancellationToken)
    {
        var found = new List<Attempt>();
        DateTimeOffset? upTo = null;
        var newest = after?.Time ?? clock.Now();
        for (var window = FirstWindow; found.Count < limit && window <= LastWindow * 8; window *= 8)
        {
            var filter = new PostgreSqlFilter(Finished, query);
            AndAfter(filter, after);
            if (upTo is { } to)
            {
                filter.And("e.finished_at < $", to);
            }

            if (window <= LastWindow)
            {
                upTo = newest - window;
                filter.And("e.finished_at >= $", upTo.Value);
            }

            var order = $"{NewestFirst} LIMIT {filter.Add(limit - found.Count)}";
            found.AddRange(await ReadAsync(filter, order, cancellationToken));
        }

        return found;
    }

    private static void AndAfter(PostgreSqlFilter filter, ListCursor? after)
    {
        if (after is not null)
        {
            var place = $"({filter.Add(after.Time)}, {filter.Add((short)after.Shard)}, {filter.Add(after.No)})";
            filter.And("e.finished_at <= $", after.Time).And($"(e.finished_at, e.shard, e.finished_no) < {place}");
        }
    }

    private async Task<long> CountAsync(
        string kind, ExecutionQuery query, int limit, CancellationToken cancellationToken)
    {
        var filter = new PostgreSqlFilter(kind, query);
        var end = $"LIMIT {filter.Add(limit)}) counted";
        await using var command = filter.Command(
            connections.Queries, "SELECT count(*) FROM (SELECT FROM execution e", end);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<List<Attempt>> ReadAsync(
        PostgreSqlFilter filter, string order, CancellationToken cancellationToken)
    {
        await using var command = filter.Command(connections.Queries, Select, order);
        return await PostgreSqlRows.ReadAllAsync(command, PostgreSqlRows.ReadAttempt, cancellationToken);
    }
}
