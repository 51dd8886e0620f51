using Carillon.Cluster;

namespace Carillon.Web;

/// <summary>
/// Where the endpoints find the node. Until it is set, every endpoint but <c>/health/live</c> answers 503, and that of
/// other nodes until <see cref="Peers"/> is. Safe to use from any thread.
/// </summary>
public sealed class NodeContextHolder
{
    private RunningNode? _running;
    private RemoteActors? _peers;

    /// <summary>
    /// The node, once it has started; null before, and again when it has stopped. Requests that wait for a node that is
    /// replaced here are answered with 503: nothing of it may answer any more.
    /// </summary>
    public NodeContext? Context
    {
        get => Running?.Context;
        set => Interlocked.Exchange(ref _running, value is null ? null : new RunningNode(value))?.End();
    }

    /// <summary>Takes the connections of other nodes, which may come before the node has started; null for none.</summary>
    public RemoteActors? Peers
    {
        get => Volatile.Read(ref _peers);
        set => Volatile.Write(ref _peers, value);
    }

    /// <summary>How other nodes prove themselves. To be set before <see cref="Peers"/>.</summary>
    public PeerOptions PeerOptions { get; set; } = new();

    internal RunningNode? Running => Volatile.Read(ref _running);
}
