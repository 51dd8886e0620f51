using Carillon.Actors;

namespace Carillon.Scheduling.Tests;

/// <summary>The far end of a conversation: keeps what it is told, in order.</summary>
internal sealed class Recorder<TMessage> : IActorRef<TMessage>
    where TMessage : class
{
    private readonly List<TMessage> _told = [];

    public string Path => "/recorder";

    public bool Tell(TMessage message)
    {
        _told.Add(message);
        return true;
    }

    /// <summary>What was told since the last call and is of one kind; the rest is forgotten.</summary>
    public IReadOnlyList<TKind> Take<TKind>()
        where TKind : TMessage
    {
        TKind[] taken = [.. _told.OfType<TKind>()];
        _told.Clear();
        return taken;
    }
}
