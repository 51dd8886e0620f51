namespace Carillon.Model;

/// <summary>How much of what a node recorded is merged into a shard.</summary>
/// <param name="Incarnation">The life of the node's process.</param>
/// <param name="Sequence">The last delta merged: one that comes again with this number or a smaller one changes nothing.</param>
/// <param name="IsHome">
/// Whether this shard watches over the incarnation: should it die without having closed, what it had not sent is lost.
/// One shard does, for each incarnation that sends.
/// </param>
public sealed record MetricSource(Guid Incarnation, long Sequence, bool IsHome);
