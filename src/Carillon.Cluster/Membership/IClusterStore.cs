using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// Membership and ownership as rows. Every method is one statement that commits by itself; who owns what is decided by
/// compare-and-set only.
/// </summary>
public interface IClusterStore
{
    /// <summary>Reads the cluster row, or makes it from <paramref name="expected"/> when the store is new.</summary>
    /// <exception cref="ClusterMismatchException">The store belongs to another cluster, or was laid out with another shard count or hash.</exception>
    Task<ClusterInfo> OpenClusterAsync(ClusterInfo expected, CancellationToken cancellationToken);

    /// <summary>Adds the node's row with status up, or answers with the row that holds its name.</summary>
    /// <returns>Null when joined; else the live holder of the name.</returns>
    Task<NodeRow?> JoinAsync(NodeRow node, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Renews the lease: the store's clock plus <paramref name="lease"/>.</summary>
    /// <returns>Null when the incarnation is dead.</returns>
    BeatReply? Beat(Guid incarnation, TimeSpan lease);

    /// <summary>Sets or, with null, ends the pause of the whole scheduler. Every node learns of it with its next beat.</summary>
    Task SetPauseAsync(Pause? pause, CancellationToken cancellationToken);

    /// <summary>Begins a new generation of the statistics. Every node learns of it with its next beat.</summary>
    Task<StatisticsGeneration> ResetStatisticsAsync(CancellationToken cancellationToken);

    /// <summary>Declares an incarnation dead if its beat is still <paramref name="beat"/>.</summary>
    /// <returns>Whether it was declared dead by this call.</returns>
    Task<bool> DeclareDeadAsync(Guid incarnation, long beat, CancellationToken cancellationToken);

    /// <summary>Moves a node between up and leaving: asks it to drain, or to stay after all.</summary>
    /// <param name="incarnation">The node.</param>
    /// <param name="status">Up or leaving.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when the node is neither up nor leaving, or unknown.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is neither up nor leaving.</exception>
    Task<bool> SetStatusAsync(Guid incarnation, NodeStatus status, CancellationToken cancellationToken);

    /// <summary>Reads which incarnations have sessions at the store. That one has none left is evidence of a crash.</summary>
    /// <param name="settled">For how long the store must have been running for that evidence to count: one lease.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<SessionReading> ReadSessionsAsync(TimeSpan settled, CancellationToken cancellationToken);

    /// <summary>Every node row that is not dead, and the dead ones up to <see cref="NodeRow.ToldAfterDeath"/> after their lease.</summary>
    Task<IReadOnlyList<NodeRow>> ReadNodesAsync(CancellationToken cancellationToken);

    /// <summary>Every shard row.</summary>
    Task<IReadOnlyList<ShardRow>> ReadShardsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes over each shard whose epoch is still the one seen. A shard of another owner, who must be dead, counts one
    /// more owner that died (<see cref="ShardRow.Adopted"/>) when that one had it for less than
    /// <see cref="Quarantine.ShortTerm"/> up to the end of its lease, and begins again at 1 when it had it for longer.
    /// A shard of <paramref name="owner"/> itself, whose term has ended, keeps count and time.
    /// </summary>
    /// <returns>The new terms, of the shards that were taken.</returns>
    Task<IReadOnlyList<ShardTerm>> ClaimAsync(Guid owner, IReadOnlyList<ShardTerm> seen, CancellationToken cancellationToken);

    /// <summary>
    /// Gives up each term that is still <paramref name="owner"/>'s, naming its successor; the epoch grows by one.
    /// </summary>
    Task ReleaseAsync(Guid owner, IReadOnlyList<Handover> handovers, CancellationToken cancellationToken);

    /// <summary>Marks the incarnation dead, by its own word.</summary>
    Task LeaveAsync(Guid incarnation, CancellationToken cancellationToken);
}
