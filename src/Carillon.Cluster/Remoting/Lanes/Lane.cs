using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>One lane to another node: what all threads share of it.</summary>
internal sealed class Lane(Guid peer, LanePurpose purpose, long number, Outbox outbox)
{
    private IActorRef<object>? _sender;

    public Guid Peer => peer;

    public LanePurpose Purpose => purpose;

    public Outbox Outbox => outbox;

    /// <summary>Larger than that of every earlier lane of this node. Touched by the sender only.</summary>
    public long Number { get; set; } = number;

    /// <summary>Whether the directory has named the peer. Set by the keeper.</summary>
    public bool WasKnown { get; set; }

    /// <summary>The actor that sends, from its first turn on. It looks into the outbox after that.</summary>
    public void Attach(IActorRef<object> sender)
    {
        Volatile.Write(ref _sender, sender);
    }

    /// <summary>Tells the actor that sends, if there is one already.</summary>
    public void Wake()
    {
        Volatile.Read(ref _sender)?.Tell(LaneSender.Wake);
    }
}
