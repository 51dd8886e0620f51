using Carillon.Metrics;
using Carillon.Model;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <summary>Reads roll-ups.</summary>
internal sealed class PostgreSqlRollups(PostgreSqlConnections connections, PostgreSqlReader reader, StatementWatch watch) : IRollupStore
{
    private const string InRange =
        """
        r.start >= $1 AND r.start < $2 AND NOT EXISTS (
          SELECT FROM unnest($3, $4, $5) x(job_id, start, first_no)
          WHERE x.job_id = r.job_id AND x.start = r.start AND x.first_no = r.first_no)
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Rollup>> ReadRollupsAsync(
        string jobId, RollupRange range, CancellationToken cancellationToken)
    {
        return ReadAsync(
            "read_rollups",
            $"SELECT {RowColumns.Rollup} FROM {RowColumns.RollupTable(range.Span)} r WHERE {InRange} AND r.job_id = $6",
            [.. Parameters(range), Text(jobId)],
            row => ReadRollup(row, range.Span),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Rollup>?> ReadRollupsAsync(
        RollupRange range, int most, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(
            "read_all_rollups",
            $"SELECT {RowColumns.Rollup} FROM {RowColumns.RollupTable(range.Span)} r WHERE {InRange} LIMIT $6",
            [.. Parameters(range), new NpgsqlParameter<int> { TypedValue = most + 1 }],
            row => ReadRollup(row, range.Span),
            cancellationToken);
        return rows.Count > most ? null : rows;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RollupSum>> SumRollupsAsync(RollupRange range, CancellationToken cancellationToken)
    {
        return ReadAsync(
            "sum_rollups",
            $"""
            SELECT {RowColumns.RollupSums} FROM {RowColumns.RollupTable(range.Span)} r
            WHERE {InRange} GROUP BY r.start, r.category, r.queue
            """,
            Parameters(range),
            ReadSum,
            cancellationToken);
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
              FROM {RowColumns.RollupTable(range.Span)} r
              WHERE {InRange} AND {RowColumns.RollupFailures} > 0 GROUP BY r.start, r.category, r.job_id) f
            WHERE place <= $6
            """,
            [.. Parameters(range), new NpgsqlParameter<int> { TypedValue = most }],
            static row => new FailingJob(
                row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetString(2), (long)row.GetDecimal(3)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<OccurrenceRun?> FindRunAsync(string jobId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var stretch = await watch.RunAsync(
            "find_run", () => reader.ReadLastStretchAsync(StoredText.Clean(jobId), at.AddMicroseconds(1), cancellationToken));
        return stretch?.Run is { } run && run.To >= at ? run : null;
    }

    private static Rollup ReadRollup(NpgsqlDataReader row, RollupSpan span)
    {
        return new Rollup
        {
            Span = span,
            JobId = row.GetString(0),
            Start = row.GetFieldValue<DateTimeOffset>(1),
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

    // PostgreSQL sums bigints as numerics.
    private static RollupSum ReadSum(NpgsqlDataReader row)
    {
        return new RollupSum(
            row.GetFieldValue<DateTimeOffset>(0),
            row.GetString(1),
            row.GetString(2),
            RowColumns.ReadOutcomes(3, Sum),
            Sum(10),
            Sum(11),
            Sum(12));

        long Sum(int column)
        {
            return (long)row.GetDecimal(column);
        }
    }

    private static NpgsqlParameter[] Parameters(RollupRange range)
    {
        return
        [
            Time(range.From),
            Time(range.To),
            PostgreSqlRows.Array([.. range.Except.Select(static part => part.JobId)], NpgsqlDbType.Text),
            PostgreSqlRows.Array([.. range.Except.Select(static part => part.Start)], NpgsqlDbType.TimestampTz),
            PostgreSqlRows.Array([.. range.Except.Select(static part => part.FirstNo)], NpgsqlDbType.Bigint),
        ];
    }

    private static NpgsqlParameter<string> Text(string value)
    {
        return new NpgsqlParameter<string> { TypedValue = StoredText.Clean(value) };
    }

    private static NpgsqlParameter<DateTimeOffset> Time(DateTimeOffset value)
    {
        return new NpgsqlParameter<DateTimeOffset> { TypedValue = value.ToUniversalTime() };
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        string name,
        string sql,
        IEnumerable<NpgsqlParameter> parameters,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        return watch.RunAsync<IReadOnlyList<T>>(name, async () =>
        {
            await using var command = connections.Queries.CreateCommand(sql);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(parameter);
            }

            return await PostgreSqlRows.ReadAllAsync(command, read, cancellationToken);
        });
    }
}
