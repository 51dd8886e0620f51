namespace Carillon.Cluster;

/// <summary>What a node knows of the cluster from its last reading of the rows.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Shards">Who owns which shard.</param>
public sealed record ClusterView(NodeDirectory Nodes, ShardDirectory Shards);
