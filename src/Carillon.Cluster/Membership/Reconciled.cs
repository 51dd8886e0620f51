using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>What one round of the <see cref="Reconciler"/> found and did.</summary>
/// <param name="Taken">The shards that were claimed, to be read and opened.</param>
/// <param name="Lost">Held terms that are over by the rows.</param>
/// <param name="Shards">Every shard row, as read in this round, with what it took.</param>
public sealed record Reconciled(IReadOnlyList<ShardTerm> Taken, IReadOnlyList<ShardTerm> Lost, IReadOnlyList<ShardRow> Shards)
{
    /// <summary>Why the shards that others had were taken.</summary>
    public IReadOnlyList<TakeoverReason> Takeovers { get; init; } = [];

    /// <summary>Held terms that other nodes should have; not more than may move in one round.</summary>
    public IReadOnlyList<Handover> HandOver { get; init; } = [];

    /// <summary>Whether a node looks dead and should be looked at again soon.</summary>
    public bool LooksAgainSoon { get; init; }
}
