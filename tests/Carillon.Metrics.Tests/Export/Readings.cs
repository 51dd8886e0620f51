using Carillon.Model;

namespace Carillon.Metrics.Tests;

/// <summary>Readings of a node that owns one shard.</summary>
internal static class Readings
{
    public static ExportReading Of(Facts facts, long epoch = 1, long generation = 0)
    {
        return Of([Parts.Of(facts, shard: 3, epoch, generation)]);
    }

    public static ExportReading Of(IReadOnlyList<ShardHistoryPart> parts)
    {
        return new ExportReading
        {
            At = Facts.At(5.000001),
            Node = "n 1",
            Shards = parts,
            Queues = [new QueueFacts("default", 7, TimeSpan.FromSeconds(1.5))],
            ActiveSlots = 3,
            IdleSlots = 29,
            ClockSkew = TimeSpan.FromMilliseconds(-250),
        };
    }

    /// <summary>Adds executions of a job to the facts.</summary>
    public static void Run(Facts facts, string jobId, int succeeded, int failed = 0)
    {
        for (var i = 0; i < succeeded + failed; i++)
        {
            facts.Run(jobId, facts.All.Length, i < succeeded ? Outcome.Succeeded : Outcome.Failed, 2_500);
        }
    }
}
