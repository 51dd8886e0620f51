using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// Joins the cluster under a name. A process that was killed meets its own name when it starts again: when the store
/// sees no session of the holder any more, looked at twice, the holder has crashed and is declared dead. Where sessions
/// prove nothing, the holder is dead when its beat stands still for a lease.
/// </summary>
public static partial class Joining
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Joins. Waits for one lease at most.</summary>
    /// <exception cref="NodeConflictException">A live node holds the name.</exception>
    public static async Task JoinAsync(
        IClusterStore store, NodeRow node, TimeSpan lease, TimeProvider time, ILogger log, CancellationToken cancellationToken)
    {
        while (await store.JoinAsync(node, lease, cancellationToken) is { } holder)
        {
            if (await FindDoubtAsync(store, holder, lease, time, cancellationToken) is { } doubt)
            {
                LogWaiting(log, holder.Name, holder.Advertise, doubt, lease.TotalSeconds);
                await UntilStandstillAsync(store, holder, lease, time, cancellationToken);
            }

            await store.DeclareDeadAsync(holder.Incarnation, holder.Beat, cancellationToken);
        }
    }

    /// <returns>Null when the holder has crashed; else why that cannot be told from its sessions.</returns>
    private static async Task<string?> FindDoubtAsync(
        IClusterStore store, NodeRow holder, TimeSpan lease, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var look = 0; look < 2; look++)
        {
            var sessions = await store.ReadSessionsAsync(lease, cancellationToken);
            if (!sessions.IsConclusive)
            {
                return sessions.Doubt;
            }

            if (sessions.Incarnations.Contains(holder.Incarnation))
            {
                throw new NodeConflictException(holder);
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }

        return null;
    }

    /// <summary>
    /// Looks all the time, and fails with the store: a holder that could not reach it either has not stood still.
    /// </summary>
    private static async Task UntilStandstillAsync(
        IClusterStore store, NodeRow holder, TimeSpan lease, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < lease;)
        {
            await Task.Delay(BetweenLooks, time, cancellationToken);
            var nodes = await store.ReadNodesAsync(cancellationToken);
            var now = nodes.FirstOrDefault(n => n.Incarnation == holder.Incarnation);
            if (now is null or { Status: NodeStatus.Dead })
            {
                return;
            }

            if (now.Beat != holder.Beat)
            {
                throw new NodeConflictException(holder);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The name '{Name}' is held by {Advertise}. Whether that node lives cannot be seen at once, because {Doubt}: "
            + "waiting up to {Seconds} s for a heartbeat of it.")]
    private static partial void LogWaiting(ILogger log, string name, string advertise, string doubt, double seconds);
}
