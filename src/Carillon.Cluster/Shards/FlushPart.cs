namespace Carillon.Cluster;

/// <summary>One append of a flush.</summary>
/// <param name="Append">What was asked for.</param>
/// <param name="Shard">The shard of its term.</param>
internal record struct FlushPart(Append Append, OpenShard Shard)
{
    /// <summary>The last number that its events got.</summary>
    public long LastNo { get; set; }
}
