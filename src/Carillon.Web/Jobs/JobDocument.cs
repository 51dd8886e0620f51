using Carillon.Model;

namespace Carillon.Web;

/// <summary>A job as answers show it. What a request may carry has the same names; the rest is ignored there.</summary>
internal record JobDocument
{
    /// <summary>Makes the document of a job.</summary>
    public JobDocument(Job job)
    {
        var definition = job.Definition;
        Id = definition.Id;
        Name = definition.DisplayName;
        Owner = definition.Owner;
        Category = definition.Category;
        Tags = definition.Tags;
        Description = definition.Description;
        Queue = definition.Queue;
        Roles = definition.Roles;
        Priority = definition.Priority;
        Schedule = definition.Schedule;
        Misfire = definition.Misfire;
        Grace = definition.Grace;
        Overlap = definition.Overlap;
        MaxConcurrent = definition.MaxConcurrent;
        Timeout = definition.Timeout;
        TotalTimeout = definition.TotalTimeout;
        StartLimit = definition.StartLimit;
        Retry = definition.Retry;
        Guarantee = definition.Guarantee;
        OnLeaseLoss = definition.OnLeaseLoss;
        Payload = RawJson.Of(definition.Payload);
        Enabled = definition.Enabled;
        Run = ValueMask.Hide(definition.Run);
        Version = job.Version;
        Source = job.Source;
        CreatedAt = job.CreatedAt;
        ScheduledFrom = job.ScheduledFrom;
        Pause = job.Pause;
    }

    public string Id { get; }

    public string Name { get; }

    public string? Owner { get; }

    public string? Category { get; }

    public IReadOnlyList<string> Tags { get; }

    public string? Description { get; }

    public string Queue { get; }

    public IReadOnlyList<string> Roles { get; }

    public int Priority { get; }

    public ScheduleSpec Schedule { get; }

    public MisfirePolicy Misfire { get; }

    public TimeSpan Grace { get; }

    public OverlapPolicy Overlap { get; }

    public int MaxConcurrent { get; }

    public TimeSpan? Timeout { get; }

    public TimeSpan? TotalTimeout { get; }

    public StartLimit? StartLimit { get; }

    public RetryPolicy Retry { get; }

    public Guarantee Guarantee { get; }

    public LeaseLossPolicy OnLeaseLoss { get; }

    public RawJson? Payload { get; }

    public bool Enabled { get; }

    public RunSpec Run { get; }

    public long Version { get; }

    public JobSource Source { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset ScheduledFrom { get; }

    public Pause? Pause { get; }
}
