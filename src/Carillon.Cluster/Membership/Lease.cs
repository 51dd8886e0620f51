namespace Carillon.Cluster;

/// <summary>
/// What a node believes about its own lease. It trusts a renewal from the moment before it was sent, less a margin,
/// and no longer: at the deadline it starts nothing new, before anyone else may take its shards over.
/// </summary>
public sealed class Lease
{
    /// <summary>Clocks that drift apart by more than this in one lease mean that the process stood still.</summary>
    private static readonly TimeSpan PauseThreshold = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private Grant? _grant;
    private string? _failure;

    /// <summary>Makes a lease that is not held yet.</summary>
    /// <param name="time">The local clock.</param>
    /// <param name="duration">What the store grants with every renewal.</param>
    /// <param name="margin">How much earlier the node stops than the store would.</param>
    public Lease(TimeProvider time, TimeSpan duration, TimeSpan margin)
    {
        _time = time;
        Duration = duration;
        Margin = margin;
    }

    /// <summary>What the store grants with every renewal.</summary>
    public TimeSpan Duration { get; }

    /// <summary>How much earlier the node stops than the store would.</summary>
    public TimeSpan Margin { get; }

    /// <summary>Whether the node may start something now.</summary>
    public bool IsHeld => Headroom > TimeSpan.Zero;

    /// <summary>How long the node may still start things without another renewal; zero when it may not.</summary>
    public TimeSpan Headroom
    {
        get
        {
            if (Volatile.Read(ref _grant) is not { Last: var last })
            {
                return TimeSpan.Zero;
            }

            // The monotonic clock of Linux stands still while a virtual machine is suspended; the wall clock does not.
            var monotonic = _time.GetElapsedTime(last.Timestamp);
            var wall = _time.GetUtcNow() - last.At;
            var elapsed = (wall - monotonic).Duration() > PauseThreshold && wall > monotonic ? wall : monotonic;
            var headroom = Duration - Margin - elapsed;
            return headroom > TimeSpan.Zero ? headroom : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// For how long renewals have been granted one after the other, none of them failing or late; zero when the lease is
    /// not held.
    /// </summary>
    public TimeSpan Unbroken => IsHeld && Volatile.Read(ref _grant) is { First: { } first }
        ? _time.GetElapsedTime(first.Timestamp)
        : TimeSpan.Zero;

    /// <summary>
    /// Whether this node may take others for dead: its own renewals have worked for a full lease. After an outage of the
    /// store every lease has run out, and that is nobody's death.
    /// </summary>
    public bool MayJudge => Unbroken >= Duration;

    /// <summary>Why the last renewal failed; null when it was granted.</summary>
    public string? LastFailure => Volatile.Read(ref _failure);

    /// <summary>The moment a renewal is about to be sent: what a later <see cref="Renewed"/> counts from.</summary>
    public Renewal Sending()
    {
        return new Renewal(_time.GetTimestamp(), _time.GetUtcNow());
    }

    /// <summary>The store granted the renewal that was sent at <paramref name="sent"/>. Renewals come from one thread.</summary>
    public void Renewed(Renewal sent)
    {
        var first = IsHeld ? Volatile.Read(ref _grant)?.First : null;
        Volatile.Write(ref _grant, new Grant(first ?? sent, sent));
        Volatile.Write(ref _failure, null);
    }

    /// <summary>A renewal failed; what was granted before still holds.</summary>
    /// <param name="reason">What the store said.</param>
    public void Failed(string reason)
    {
        Volatile.Write(ref _failure, reason);
        if (Volatile.Read(ref _grant) is { } grant)
        {
            Volatile.Write(ref _grant, grant with { First = null });
        }
    }

    /// <summary>The incarnation is dead: the lease is never held again.</summary>
    public void Lose()
    {
        Volatile.Write(ref _grant, null);
    }

    /// <summary>The two clocks just before a renewal was sent.</summary>
    /// <param name="Timestamp">The monotonic clock.</param>
    /// <param name="At">The wall clock.</param>
    public sealed record Renewal(long Timestamp, DateTimeOffset At);

    /// <summary>What the store has granted.</summary>
    /// <param name="First">The first renewal of the unbroken run; null when the newest one failed.</param>
    /// <param name="Last">The newest renewal that was granted.</param>
    private sealed record Grant(Renewal? First, Renewal Last);
}
