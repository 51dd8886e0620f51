using Carillon.Actors;
using Carillon.Cluster;

namespace Carillon.Scheduling;

/// <summary>
/// Brings the work of a node to rest: nothing new starts, what runs ends, and every end is recorded. It asks again
/// until that is so, because a shard whose term ends on the way takes its answer with it.
/// </summary>
public sealed class WorkDrain
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(50);

    private readonly IActorRef<object> _region;
    private readonly IActorRef<object> _worker;
    private readonly StartGate _gate;
    private readonly TimeProvider _time;

    /// <summary>Makes the drain of one node.</summary>
    /// <param name="region">Its shards.</param>
    /// <param name="worker">Its worker.</param>
    /// <param name="gate">Its gate.</param>
    /// <param name="time">The clock between two rounds.</param>
    public WorkDrain(IActorRef<object> region, IActorRef<object> worker, StartGate gate, TimeProvider time)
    {
        _region = region;
        _worker = worker;
        _gate = gate;
        _time = time;
    }

    /// <summary>Stops new starts and waits until everything that runs has ended and is recorded.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        _gate.Close();
        _worker.Tell(new Worker.Drain());
        return RestAsync(cancellationToken);
    }

    /// <summary>Cancels what still runs and waits until its end is recorded.</summary>
    public Task CancelAsync(CancellationToken cancellationToken)
    {
        _worker.Tell(new CancelAll(CancelReasons.Shutdown));
        return RestAsync(cancellationToken);
    }

    private async Task RestAsync(CancellationToken cancellationToken)
    {
        while (!await IsAtRestAsync(cancellationToken))
        {
            await Task.Delay(BetweenRounds, _time, cancellationToken);
        }
    }

    private async Task<bool> IsAtRestAsync(CancellationToken cancellationToken)
    {
        var owned = await _region.AskAsync<object, OwnedShards>(replyTo => new ReadOwnedShards(replyTo), cancellationToken: cancellationToken);
        var drained = await Task.WhenAll(owned.Shards.Select(s => IsDrainedAsync(s.Jobs, cancellationToken)));
        var worker = await _worker.AskAsync<object, WorkerState>(replyTo => new ReadWorker(replyTo), cancellationToken: cancellationToken);
        return drained.All(static d => d) && worker.Unrecorded == 0;
    }

    private static async Task<bool> IsDrainedAsync(IActorRef<object> jobs, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.AskAsync<object, JobsDrained>(replyTo => new DrainJobs(replyTo), AnswerTime, cancellationToken);
            return true;
        }
        catch (Exception error) when (error is AskTimeoutException or ActorUnavailableException)
        {
            return false;
        }
    }
}
