namespace Carillon.Web;

/// <summary>Not every shard can be accounted for, so no figure of the whole cluster may be shown.</summary>
internal sealed class IncompleteClusterException : Exception
{
    /// <summary>Names how many shards are known.</summary>
    public IncompleteClusterException(int known, int total)
        : base($"{known} of {total} shards known")
    {
    }
}
