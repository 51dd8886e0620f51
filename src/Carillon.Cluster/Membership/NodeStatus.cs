namespace Carillon.Cluster;

/// <summary>Where a node stands in the cluster.</summary>
public enum NodeStatus
{
    /// <summary>Its row is there; it owns nothing yet.</summary>
    Joining,

    /// <summary>It may own shards and run jobs.</summary>
    Up,

    /// <summary>It drains and hands over.</summary>
    Leaving,

    /// <summary>It is gone, and this incarnation never returns.</summary>
    Dead,
}
