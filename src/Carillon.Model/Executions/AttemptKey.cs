namespace Carillon.Model;

/// <summary>What names one attempt in the whole cluster, for ever.</summary>
public readonly record struct AttemptKey
{
    private readonly long _scheduledTicks; // half of a DateTimeOffset: keys are part of most messages

    /// <summary>Names an attempt.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="scheduledAt">The occurrence: whole microseconds.</param>
    /// <param name="attempt">From 1.</param>
    public AttemptKey(string jobId, DateTimeOffset scheduledAt, int attempt)
    {
        JobId = jobId;
        ScheduledAt = scheduledAt;
        Attempt = attempt;
    }

    /// <summary>The job.</summary>
    public string JobId { get; init; }

    /// <summary>The occurrence: UTC, whole microseconds.</summary>
    public DateTimeOffset ScheduledAt
    {
        get => new(_scheduledTicks, TimeSpan.Zero);
        init => _scheduledTicks = value.UtcTicks;
    }

    /// <summary>From 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The execution this attempt belongs to.</summary>
    public Guid ExecutionId => Model.ExecutionId.Of(JobId, ScheduledAt);
}
