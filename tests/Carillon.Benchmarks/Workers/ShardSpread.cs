using System.Diagnostics;
using Npgsql;

namespace Carillon.Benchmarks.Workers;

/// <summary>How the shards of a cluster are spread over its nodes, as the rows say.</summary>
internal static class ShardSpread
{
    /// <summary>Longer than nodes wait before they move shards to where they belong.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Waits until every node owns shards, and none has changed hands for a while; one node alone owns all at once.</summary>
    public static async Task IsEvenAsync(WorkerSpec spec)
    {
        if (spec.Kind != WorkloadKind.Carillon || spec.Nodes == 1)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(spec.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        var watch = Stopwatch.StartNew();
        var since = watch.Elapsed;
        var (owners, epochs) = await ReadAsync(connection);
        while (owners < spec.Nodes || watch.Elapsed - since < Calm)
        {
            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException($"{owners} of {spec.Nodes} nodes own shards after {Patience}, and the shards do not come to rest");
            }

            await Task.Delay(LookAgain);
            var now = await ReadAsync(connection);
            if (now != (owners, epochs))
            {
                ((owners, epochs), since) = (now, watch.Elapsed);
            }
        }
    }

    /// <summary>How many nodes own shards, and a number that grows whenever one changes hands.</summary>
    private static async Task<(long Owners, decimal Epochs)> ReadAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT count(DISTINCT owner), sum(epoch) FROM carillon.shard", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetDecimal(1));
    }
}
