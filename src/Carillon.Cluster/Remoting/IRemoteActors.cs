using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>The actors that nodes offer to each other by name.</summary>
public interface IRemoteActors
{
    /// <summary>
    /// The address of an actor on a node. It may be kept; what is told to it travels over a lane, in the order in which
    /// it was told, and arrives once or not at all. References inside a message arrive as addresses that lead back.
    /// </summary>
    /// <param name="node">The incarnation of the node. This node's own leads to the actor itself.</param>
    /// <param name="name">One of <see cref="RemoteNames"/>.</param>
    /// <returns>
    /// An address whose <see cref="IActorRef{T}.Tell"/> answers false when the node is gone or too much waits for it.
    /// </returns>
    IActorRef<object> Find(Guid node, string name);
}
