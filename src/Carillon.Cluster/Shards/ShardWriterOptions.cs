namespace Carillon.Cluster;

/// <summary>How the writer gathers appends into flushes.</summary>
public sealed record ShardWriterOptions
{
    /// <summary>The most events in one flush. Default: 2,000.</summary>
    public int MaxEvents { get; init; } = 2_000;

    /// <summary>
    /// From this many waiting events on, a flush does not linger: the work of a batch then outweighs the fixed cost
    /// of a commit. Default: 64.
    /// </summary>
    public int BusyEvents { get; init; } = 64;

    /// <summary>
    /// The least time between the starts of two flushes while there is little to write. It bounds the commits per
    /// second of a quiet node, and with them its processor time. Default: 1.5 ms.
    /// </summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(1.5);

    /// <summary>Counts what is committed.</summary>
    public CommitPulse Pulse { get; init; } = new();
}
