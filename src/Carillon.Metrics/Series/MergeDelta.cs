using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>
/// What one node recorded for the operations and instruments of one shard since its last delta there. Merged once: it
/// may be sent again until it is answered.
/// </summary>
/// <param name="Incarnation">The life of the node's process.</param>
/// <param name="Node">The node's name.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Sequence">Grows with each delta of the incarnation to the shard.</param>
/// <param name="Phase">Where it stands in the life of the node.</param>
/// <param name="Series">Each series once.</param>
/// <param name="ReplyTo">Who is told when it is committed.</param>
public sealed record MergeDelta(
    Guid Incarnation,
    string Node,
    int Shard,
    long Sequence,
    DeltaPhase Phase,
    IReadOnlyList<SeriesDelta> Series,
    IActorRef<DeltaMerged> ReplyTo);
