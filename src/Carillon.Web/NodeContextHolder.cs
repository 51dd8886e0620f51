namespace Carillon.Web;

/// <summary>
/// Where the endpoints find the node. Until it is set, every endpoint but <c>/health/live</c> answers 503.
/// Safe to use from any thread.
/// </summary>
public sealed class NodeContextHolder
{
    private RunningNode? _running;

    /// <summary>The node, once it has started; null before, and again when it has stopped.</summary>
    public NodeContext? Context
    {
        get => Running?.Context;
        set => Volatile.Write(ref _running, value is null ? null : new RunningNode(value));
    }

    internal RunningNode? Running => Volatile.Read(ref _running);
}
