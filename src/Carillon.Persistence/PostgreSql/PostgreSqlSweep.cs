using Npgsql;

namespace Carillon.Persistence;

/// <summary>
/// Passes over the index of open attempts. Every attempt has been in it, and its entry stays when it ends, until a vacuum: on
/// a busy day that is a fifth of the table, and a new owner would look at the row of each. A pass marks what is over, the
/// next ones leave that out, and the pages take new entries in its place.
/// </summary>
internal sealed class PostgreSqlSweep(PostgreSqlConnections connections)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.Maintenance.OpenConnectionAsync(cancellationToken);
        await using var pass = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, pass)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("SET LOCAL enable_seqscan = off"),
                new NpgsqlBatchCommand("SET LOCAL enable_bitmapscan = off"), // which would mark nothing
                new NpgsqlBatchCommand("SELECT count(*) FROM execution WHERE finished_no IS NULL"),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await pass.CommitAsync(cancellationToken);
    }
}
