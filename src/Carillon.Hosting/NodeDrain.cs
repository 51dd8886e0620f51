using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Scheduling;

namespace Carillon.Hosting;

/// <summary>Brings the work of a node to rest: waits for what runs, cancels what does not end, saves the histories.</summary>
internal sealed class NodeDrain(IActorRef<object> region, IActorRef<object> worker)
{
    private static readonly TimeSpan Forever = TimeSpan.FromHours(2); // the phase's own timeout ends the wait

    private Task? _drained;

    /// <summary>The open shards of the node.</summary>
    public static async Task<IReadOnlyList<OwnedShard>> OwnedAsync(IActorRef<object> region, CancellationToken cancellationToken)
    {
        var owned = await region.AskAsync<object, OwnedShards>(replyTo => new ReadOwnedShards(replyTo), cancellationToken: cancellationToken);
        return owned.Shards;
    }

    /// <summary>Stops new starts and waits until everything that runs has ended and is recorded.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        worker.Tell(new Worker.Drain());
        var owned = await OwnedAsync(region, cancellationToken);
        _drained = Task.WhenAll(owned.Select(s => s.Jobs.AskAsync<object, JobsDrained>(replyTo => new DrainJobs(replyTo), Forever, CancellationToken.None)));
        await _drained.WaitAsync(cancellationToken);
    }

    /// <summary>Cancels what still runs and waits until its end is recorded.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        if (_drained is { IsCompleted: false })
        {
            worker.Tell(new CancelAll(CancelReasons.Shutdown));
            await _drained.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Saves every history, so that the next owner has nothing to replay.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var owned = await OwnedAsync(region, cancellationToken);
        await Task.WhenAll(owned.Select(s => s.History.AskAsync<object, AllSaved>(replyTo => new SaveAll(replyTo), cancellationToken: cancellationToken)));
    }
}
