namespace Carillon.Cluster;

/// <summary>
/// Joins the cluster under a name. A process that was killed meets its own name when it starts again: when the
/// database sees no session of the holder any more, looked at twice, the holder has crashed and is declared dead.
/// </summary>
public static class Joining
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Joins.</summary>
    /// <exception cref="NodeConflictException">A live node holds the name.</exception>
    public static async Task JoinAsync(IClusterStore store, NodeRow node, TimeSpan lease, TimeProvider time, CancellationToken cancellationToken)
    {
        while (await store.JoinAsync(node, lease, cancellationToken) is { } holder)
        {
            for (var look = 0; look < 2; look++)
            {
                if (await store.HasSessionsAsync(holder.Incarnation, cancellationToken))
                {
                    throw new NodeConflictException(holder);
                }

                await Task.Delay(BetweenLooks, time, cancellationToken);
            }

            await store.DeclareDeadAsync(holder.Incarnation, holder.Beat, cancellationToken);
        }
    }
}
