namespace Carillon.Cluster;

/// <summary>Tells a <see cref="ShardRegion"/> that there may be something to take, so that it need not wait for its next round.</summary>
public sealed record LookAtShards;
