namespace Carillon.Cluster;

/// <summary>Another live node holds this node's name.</summary>
public sealed class NodeConflictException : Exception
{
    /// <summary>Names the holder.</summary>
    public NodeConflictException(NodeRow holder)
        : base($"the node name '{holder.Name}' is in use by {holder.Advertise}: stop that node, or give this one another name (carillon.node.name)")
    {
        Holder = holder;
    }

    /// <summary>The node that holds the name.</summary>
    public NodeRow Holder { get; }
}
