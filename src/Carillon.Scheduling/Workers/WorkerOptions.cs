using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>How much a node runs at once.</summary>
public sealed record WorkerOptions
{
    /// <summary>Attempts at once, those whose start is being recorded included. Default: 32; 1 to 10,000.</summary>
    public int Slots { get; init; } = 32;

    /// <summary>The share of single queues. A queue that is not named may take all slots. Default: none.</summary>
    public IReadOnlyDictionary<string, int> QueueSlots { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>How often attempts of single queues may start on this node, counted when their slots are granted. Default: none.</summary>
    public IReadOnlyDictionary<string, StartLimit> QueueLimits { get; init; } = new Dictionary<string, StartLimit>(StringComparer.Ordinal);

    /// <summary>What the node can do, for jobs that ask for roles. Default: nothing.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether the node has a job class in its code. Default: any.</summary>
    public Func<string, bool> HasClass { get; init; } = static _ => true;

    /// <summary>How long a reserved slot waits for its attempt. Default: 30 s.</summary>
    public TimeSpan ReservationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker that is told to restart waits for what runs before it cancels it. Default: 30 s.</summary>
    public TimeSpan RestartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long code may go on after its token is cancelled, by a timeout for example, until its attempt is recorded
    /// as ended without it. Its slot stays taken until the code returns. Default: 5 s.
    /// </summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);
}
