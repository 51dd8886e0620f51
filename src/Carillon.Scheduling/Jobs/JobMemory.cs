using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// What a job knows between two wakes: its actor starts from this and, at rest, leaves it behind. Most of it can be read
/// from the store again; the rest only makes decisions better, and is lost with the term.
/// </summary>
internal sealed record JobMemory
{
    /// <summary>The last occurrence of its schedule that is decided about, or since when the schedule counts.</summary>
    public required DateTimeOffset PlannedThrough { get; init; }

    /// <summary>Whether a snapshot of its history is recorded, as it is from the first fact on.</summary>
    public bool HasHistory { get; init; }

    /// <summary>When its executions were open, as far back as an undecided occurrence may fall into one of them.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Busy { get; init; } = [];

    /// <summary>When its last execution ended, where its schedule follows the end; else perhaps null.</summary>
    public DateTimeOffset? LastEnd { get; init; }

    /// <summary>Its newest starts, where they are limited; else none.</summary>
    public IReadOnlyList<DateTimeOffset> Starts { get; init; } = [];

    /// <summary>The newest stretch of occurrences without a run, recorded, when the next one may join it; or null.</summary>
    public OccurrenceRun? OpenStretch { get; init; }

    /// <summary>The instant of its last trigger; no other may have it.</summary>
    public DateTimeOffset LastTrigger { get; init; }

    /// <summary>Its idempotency keys that have not expired.</summary>
    public IReadOnlyList<TriggerKey> Keys { get; init; } = [];

    /// <summary>The memory of a job about which nothing is recorded.</summary>
    public static JobMemory Of(Job job)
    {
        return new JobMemory { PlannedThrough = job.ScheduledFrom };
    }
}
