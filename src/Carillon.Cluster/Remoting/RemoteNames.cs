namespace Carillon.Cluster;

/// <summary>The names under which nodes offer actors to each other.</summary>
public static class RemoteNames
{
    /// <summary>The <see cref="ShardRegion"/>.</summary>
    public const string Region = "region";

    /// <summary>The one that tells about the node itself.</summary>
    public const string Node = "node";

    /// <summary>The worker.</summary>
    public const string Worker = "worker";
}
