namespace Carillon.Cluster;

/// <summary>The names under which nodes offer actors to each other.</summary>
public static class RemoteNames
{
    /// <summary>The <see cref="ShardRegion"/>.</summary>
    public const string Region = "region";

    /// <summary>The worker.</summary>
    public const string Worker = "worker";
}
