namespace Carillon.Cluster;

/// <summary>Who takes part, and within which bounds.</summary>
public sealed record RemotingOptions
{
    /// <summary>This life of the process.</summary>
    public required Guid Incarnation { get; init; }

    /// <summary>The node's stable name, which others log.</summary>
    public required string Name { get; init; }

    /// <summary>The cluster; nodes of other clusters are refused.</summary>
    public required string Cluster { get; init; }

    /// <summary>
    /// Told the incarnation of a node when a connection with it breaks that was in use. A hint, no proof. Called on a
    /// thread of the actors: it must not block. Default: nobody.
    /// </summary>
    public Action<Guid>? LaneLost { get; init; }

    /// <summary>Bytes that one lane keeps until they are acknowledged. Default: 64 MiB.</summary>
    public long LaneBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Messages that one lane keeps until they are acknowledged. Default: 100,000.</summary>
    public int LaneMessages { get; init; } = 100_000;

    /// <summary>How many actors other nodes may know at once. Default: 1,000,000.</summary>
    public int Exports { get; init; } = 1_000_000;

    /// <summary>
    /// How long an actor that travelled inside a message stays known to others after its last use, at least; at most
    /// twice as long. Default: 60 s.
    /// </summary>
    public TimeSpan ExportTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a connection may be silent while something is not acknowledged; for large frames longer, by a second
    /// for each MiB. Also how long connecting may take. Default: 3 s.
    /// </summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(3);
}
