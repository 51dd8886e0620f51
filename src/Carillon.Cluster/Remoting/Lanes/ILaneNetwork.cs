namespace Carillon.Cluster;

/// <summary>A node's way to the other nodes.</summary>
public interface ILaneNetwork
{
    /// <summary>Connects to a node. Any exception means that it cannot be reached now.</summary>
    /// <param name="node">The node, with its address.</param>
    /// <param name="hello">Reaches the other end before any frame.</param>
    /// <param name="cancellationToken">Gives up; what was begun is closed.</param>
    Task<ILaneConnection> ConnectAsync(NodeRow node, LaneHello hello, CancellationToken cancellationToken);
}
