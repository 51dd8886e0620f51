using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// All that a job which rests must remember besides its rows: what its <see cref="JobActor"/> starts from, works on,
/// and can hand back.
/// </summary>
internal sealed class JobMemory
{
    /// <summary>Makes the memory of a job whose occurrences are decided up to an instant.</summary>
    /// <param name="plannedThrough">The last occurrence of its schedule that is recorded, or since when the schedule counts.</param>
    /// <param name="keys">Its idempotency keys that have not expired.</param>
    public JobMemory(DateTimeOffset plannedThrough, IReadOnlyList<TriggerKey> keys)
    {
        PlannedThrough = plannedThrough;
        Keys = new TriggerKeys(keys);
    }

    /// <summary>The last occurrence that has been decided about.</summary>
    public DateTimeOffset PlannedThrough { get; set; }

    /// <summary>Idempotency keys that have not expired.</summary>
    public TriggerKeys Keys { get; }

    /// <summary>Occurrences that did not run and are not recorded yet.</summary>
    public StretchLog Stretches { get; } = new();

    /// <summary>When executions were open, for <c>overlap = skip</c>; null when nothing needs it.</summary>
    public BusyLog? Busy { get; set; }

    /// <summary>When it last started, where its starts are limited; else null.</summary>
    public StartLimiter? Limiter { get; set; }

    /// <summary>The instant of the newest trigger.</summary>
    public DateTimeOffset LastTrigger { get; set; }
}
