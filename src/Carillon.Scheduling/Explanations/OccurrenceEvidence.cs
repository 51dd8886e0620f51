using Carillon.Model;

namespace Carillon.Scheduling.Explanations;

/// <summary>What an explanation is made from.</summary>
public sealed record OccurrenceEvidence
{
    /// <summary>The beginning of the time that is asked about.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end, not part of it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The present.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The job as it is now; null when it has been deleted.</summary>
    public Job? Job { get; init; }

    /// <summary>What its schedule says about the time; null without a job.</summary>
    public ScheduleMoment? Moment { get; init; }

    /// <summary>What is recorded about the time.</summary>
    public required OccurrenceRecord Record { get; init; }

    /// <summary>Everything that was due before this may be removed by now.</summary>
    public DateTimeOffset KeptFrom { get; init; }

    /// <summary>The last occurrence of the schedule about which a decision is recorded, or null.</summary>
    public DateTimeOffset? DecidedThrough { get; init; }

    /// <summary>How many executions of the job have started and are open.</summary>
    public long Running { get; init; }

    /// <summary>The queue of the job on the node that would run it; null when nothing has used it yet.</summary>
    public QueueState? Queue { get; init; }

    /// <summary>The last pause of the whole scheduler, or null.</summary>
    public Pause? SchedulerPause { get; init; }
}
