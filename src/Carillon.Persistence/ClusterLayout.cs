using Carillon.Cluster;

namespace Carillon.Persistence;

/// <summary>What two sides must agree on before a node may use a store.</summary>
internal static class ClusterLayout
{
    /// <summary>Refuses a store of another cluster or layout.</summary>
    /// <exception cref="ClusterMismatchException">Name, shard count or hash differ.</exception>
    public static void Check(ClusterInfo expected, ClusterInfo found)
    {
        if (!string.Equals(expected.Name, found.Name, StringComparison.Ordinal))
        {
            throw new ClusterMismatchException(
                $"the store belongs to cluster '{found.Name}', not '{expected.Name}': "
                + "use another database or schema, or set carillon.cluster.name");
        }

        if (expected.ShardCount != found.ShardCount)
        {
            throw new ClusterMismatchException(
                $"the store was laid out with {found.ShardCount} shards, not {expected.ShardCount}: "
                + "the shard count is fixed when a store is made");
        }

        if (expected.HashVersion != found.HashVersion)
        {
            throw new ClusterMismatchException(
                $"the store was laid out with hash version {found.HashVersion}, not {expected.HashVersion}: "
                + "run a build that has it");
        }
    }
}
