namespace Carillon.Metrics;

/// <summary>What a document accounts for.</summary>
/// <param name="ShardsKnown">Shards whose figures are in it.</param>
/// <param name="ShardsTotal">Shards that the cluster has.</param>
/// <param name="Nodes">Every node, sorted by name.</param>
public sealed record Completeness(int ShardsKnown, int ShardsTotal, IReadOnlyList<NodeAge> Nodes);
