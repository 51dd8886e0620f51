namespace Carillon.Cluster;

/// <summary>The store belongs to another cluster, or was laid out in another way. The message names both sides.</summary>
public sealed class ClusterMismatchException : Exception
{
    /// <inheritdoc/>
    public ClusterMismatchException(string message)
        : base(message)
    {
    }
}
