using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Hosting;

/// <summary>Reads what a node exports: the shards that it has open, and its worker.</summary>
internal sealed class ExportReader(string node, IActorRef<object> region, IActorRef<object> worker, ClusterClock clock, GenerationView generation)
{
    public async Task<ExportReading> ReadAsync(CancellationToken cancellationToken)
    {
        var owned = await region.AskAsync<object, OwnedShards>(static replyTo => new ReadOwnedShards(replyTo), cancellationToken: cancellationToken);
        var parts = await Task.WhenAll(owned.Shards.Select(shard => shard.History.AskAsync<object, ShardHistoryPart>(
            replyTo => new GatherHistory(generation.Newest.Number, replyTo), cancellationToken: cancellationToken)));
        var state = await ReadWorkerAsync(cancellationToken);
        var now = clock.Now();
        return new ExportReading
        {
            At = now,
            Node = node,
            Shards = parts,
            Queues = [.. state.Queues.Select(queue => Facts(queue, now))],
            ActiveSlots = state.Active,
            IdleSlots = Math.Max(0, state.Slots - state.Active),
            ClockSkew = -clock.Skew,
            ProcessorTime = Environment.CpuUsage.TotalTime,
            MemoryBytes = Environment.WorkingSet,
        };
    }

    public Task<WorkerState> ReadWorkerAsync(CancellationToken cancellationToken)
    {
        return worker.AskAsync<object, WorkerState>(static replyTo => new ReadWorker(replyTo), cancellationToken: cancellationToken);
    }

    private static QueueFacts Facts(QueueState queue, DateTimeOffset now)
    {
        var waited = now - queue.OldestDueAt ?? TimeSpan.Zero;
        return new QueueFacts(queue.Name, queue.Length, waited > TimeSpan.Zero ? waited : TimeSpan.Zero);
    }
}
