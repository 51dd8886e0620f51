namespace Carillon.Cluster;

/// <summary>One lane from another node: what must outlive its connections and the actor that receives.</summary>
internal sealed class InboundLane(Guid peer, LanePurpose purpose, long now)
{
    public Guid Peer => peer;

    public LanePurpose Purpose => purpose;

    /// <summary>Which lane of the peer's this is; 0 before the first connection. Touched by the receiver only.</summary>
    public long Number { get; set; }

    /// <summary>The number of the last message that was taken; 0 before the first. Touched by the receiver only.</summary>
    public long Last { get; set; }

    /// <summary>Whether the directory has named the peer. Touched by the keeper only.</summary>
    public bool WasKnown { get; set; }

    /// <summary>When the last connection came, as a timestamp. Touched by the keeper only.</summary>
    public long ArrivedAt { get; set; } = now;
}
