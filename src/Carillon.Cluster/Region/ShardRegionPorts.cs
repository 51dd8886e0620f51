namespace Carillon.Cluster;

/// <summary>What a <see cref="ShardRegion"/> reaches beyond its node.</summary>
/// <param name="Store">Where shards are released.</param>
/// <param name="Log">Where shards are read and written.</param>
/// <param name="Remote">The regions of other nodes.</param>
public sealed record ShardRegionPorts(IClusterStore Store, IShardLog Log, IRemoteActors Remote);
