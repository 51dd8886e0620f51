using Carillon.Model;
using Carillon.Scheduling;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <summary>Counts errors from their indexes, without the rows.</summary>
internal sealed class PostgreSqlErrors(PostgreSqlConnections connections) : IErrorReader
{
    /// <inheritdoc/>
    public async Task<List<ErrorCount>> ReadErrorCountsAsync(
        ErrorQuery query, int limit, CancellationToken cancellationToken)
    {
        var ofJob = query.JobId is null ? string.Empty : "AND job_id = $4";
        await using var command = connections.Queries.CreateCommand(
            $"""
            SELECT error_fingerprint, job_id, count(*), min(finished_at), max(finished_at) FROM (
              SELECT error_fingerprint, job_id, finished_at FROM execution
              WHERE error_fingerprint IS NOT NULL AND finished_at >= $1 AND finished_at < $2 {ofJob}
              ORDER BY finished_at DESC LIMIT $3) e
            GROUP BY error_fingerprint, job_id
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = query.From.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = query.Until.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        if (query.JobId is { } job)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job });
        }

        return await PostgreSqlRows.ReadAllAsync(
            command,
            static row => new ErrorCount(
                row.GetInt64(0),
                row.GetString(1),
                row.GetInt64(2),
                row.GetFieldValue<DateTimeOffset>(3),
                row.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Dictionary<long, Attempt>> ReadErrorSamplesAsync(
        IReadOnlyList<(DateTimeOffset At, long Fingerprint)> kinds, CancellationToken cancellationToken)
    {
        await using var command = connections.Queries.CreateCommand(
            $"""
            SELECT e.* FROM unnest($1, $2) k(at, fingerprint) CROSS JOIN LATERAL (
              SELECT {RowColumns.Attempt}, k.fingerprint FROM execution e
              WHERE e.finished_at = k.at AND e.error_fingerprint = k.fingerprint LIMIT 1) e
            """);
        command.Parameters.Add(PostgreSqlRows.Array(
            kinds.Select(static kind => kind.At).ToArray(), NpgsqlDbType.TimestampTz));
        command.Parameters.Add(PostgreSqlRows.Array(
            kinds.Select(static kind => kind.Fingerprint).ToArray(), NpgsqlDbType.Bigint));
        var samples = await PostgreSqlRows.ReadAllAsync(
            command,
            static row => (Fingerprint: row.GetInt64(RowColumns.AttemptCount), Attempt: PostgreSqlRows.ReadAttempt(row)),
            cancellationToken);
        return samples.ToDictionary(static sample => sample.Fingerprint, static sample => sample.Attempt);
    }
}
