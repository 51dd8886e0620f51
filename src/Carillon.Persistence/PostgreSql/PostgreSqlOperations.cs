using Carillon.Metrics;
using Carillon.Model;
using Npgsql;

namespace Carillon.Persistence;

/// <summary>Reads the minutes and hours of operations.</summary>
internal sealed class PostgreSqlOperations(PostgreSqlConnections connections, StatementWatch watch) : IOperationStore
{
    /// <inheritdoc/>
    public Task ReadAsync(OperationRange range, Action<OperationRollup> read, CancellationToken cancellationToken)
    {
        return watch.RunAsync("read_operation", async () =>
        {
            await using var command = connections.Queries.CreateCommand(
                """
                SELECT labels_id, start_at, state FROM operation_rollup
                WHERE name = $1 AND span = $2 AND start_at >= $3 AND start_at < $4
                """);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Clean(range.Name) });
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)range.Span });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = range.From });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = range.To });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = 0;
            while (await reader.ReadAsync(cancellationToken))
            {
                rows++;
                read(new OperationRollup(
                    range.Name,
                    reader.GetGuid(0),
                    range.Span,
                    await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken),
                    await reader.GetFieldValueAsync<byte[]>(2, cancellationToken)));
            }

            return rows;
        });
    }
}
