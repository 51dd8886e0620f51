using System.Text.Json;
using Carillon.Metrics;
using Carillon.Model;
using Microsoft.Data.Sqlite;

namespace Carillon.Persistence;

/// <summary>Reads roll-ups.</summary>
internal sealed class SqliteRollups(SqliteReader reader, StatementWatch watch) : IRollupStore
{
    private const string InRange =
        """
        r.start >= ?1 AND r.start < ?2 AND (r.job_id, r.start, r.first_no) NOT IN (
          SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?3))
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Rollup>> ReadRollupsAsync(
        string jobId, RollupRange range, CancellationToken cancellationToken)
    {
        return ReadAsync(
            "read_rollups",
            $"SELECT {RowColumns.Rollup} FROM {RowColumns.RollupTable(range.Span)} r WHERE {InRange} AND r.job_id = ?4",
            row => ReadRollup(row, range.Span),
            cancellationToken,
            range.From, range.To, Except(range), jobId);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Rollup>?> ReadRollupsAsync(
        RollupRange range, int most, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(
            "read_all_rollups",
            $"SELECT {RowColumns.Rollup} FROM {From(range)} WHERE {InRange} LIMIT ?4",
            row => ReadRollup(row, range.Span),
            cancellationToken,
            range.From, range.To, Except(range), most + 1);
        return rows.Count > most ? null : rows;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RollupSum>> SumRollupsAsync(RollupRange range, CancellationToken cancellationToken)
    {
        return ReadAsync(
            "sum_rollups",
            $"SELECT {RowColumns.RollupSums} FROM {From(range)} WHERE {InRange} GROUP BY r.start, r.category, r.queue",
            static row => new RollupSum(
                SqliteRows.Time(row, 0),
                row.GetString(1),
                row.GetString(2),
                RowColumns.ReadOutcomes(3, row.GetInt64),
                row.GetInt64(10),
                row.GetInt64(11),
                row.GetInt64(12)),
            cancellationToken,
            range.From, range.To, Except(range));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FailingJob>> ReadFailingJobsAsync(
        RollupRange range, int most, CancellationToken cancellationToken)
    {
        return ReadAsync(
            "read_failing_jobs",
            $"""
            SELECT start, category, job_id, failures FROM (
              SELECT r.start, r.category, r.job_id, sum({RowColumns.RollupFailures}) AS failures, row_number() OVER (
                PARTITION BY r.start, r.category ORDER BY sum({RowColumns.RollupFailures}) DESC, r.job_id) AS place
              FROM {From(range)}
              WHERE {InRange} AND {RowColumns.RollupFailures} > 0 GROUP BY r.start, r.category, r.job_id)
            WHERE place <= ?4
            """,
            static row => new FailingJob(SqliteRows.Time(row, 0), row.GetString(1), row.GetString(2), row.GetInt64(3)),
            cancellationToken,
            range.From, range.To, Except(range), most);
    }

    /// <inheritdoc/>
    public async Task<OccurrenceRun?> FindRunAsync(string jobId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var stretch = await watch.RunAsync(
            "find_run", () => reader.ReadLastStretchAsync(jobId, at.AddMicroseconds(1), cancellationToken));
        return stretch?.Run is { } run && run.To >= at ? run : null;
    }

    private static Rollup ReadRollup(SqliteDataReader row, RollupSpan span)
    {
        return new Rollup
        {
            Span = span,
            JobId = row.GetString(0),
            Start = SqliteRows.Time(row, 1),
            FirstNo = row.GetInt64(2),
            ThroughNo = row.GetInt64(4),
            Category = row.GetString(5),
            Queue = row.GetString(6),
            Ended = RowColumns.ReadOutcomes(7, row.GetInt64),
            Retries = row.GetInt64(14),
            Durations = row.GetInt64(15),
            DurationMicroseconds = row.GetInt64(16),
            State = row.GetFieldValue<byte[]>(17),
        };
    }

    // Named, because the planner has no statistics and likes to read a whole table in the order of its key.
    private static string From(RollupRange range)
    {
        var table = RowColumns.RollupTable(range.Span);
        return $"{table} r INDEXED BY {table}_start";
    }

    private static string Except(RollupRange range)
    {
        return JsonSerializer.Serialize(range.Except.Select(
            static part => new object[] { part.JobId, Instant.ToMicroseconds(part.Start), part.FirstNo }));
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        string name,
        string sql,
        Func<SqliteDataReader, T> read,
        CancellationToken cancellationToken,
        params object?[] values)
    {
        return watch.RunAsync<IReadOnlyList<T>>(
            name, async () => await reader.ReadAsync(session => session.Query(sql, read, values), cancellationToken));
    }
}
