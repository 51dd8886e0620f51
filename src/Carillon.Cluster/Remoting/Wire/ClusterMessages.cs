namespace Carillon.Cluster;

/// <summary>What this library lets travel between nodes.</summary>
public static class ClusterMessages
{
    /// <summary>What a <see cref="ShardRegion"/> takes from other nodes.</summary>
    public static IReadOnlyList<Type> ToRegion { get; } =
        [typeof(LookAtShards), typeof(ToHistory), typeof(ToJobs), typeof(ToSeries)];

    /// <summary>All of it.</summary>
    public static WireList Wire { get; } = new() { Types = [.. ToRegion, typeof(Returned)] };
}
