namespace Carillon.Scheduling;

/// <summary>How records are audited.</summary>
public sealed record AuditOptions
{
    /// <summary>How long a time must have passed before it is looked at. Default: 2 minutes.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often it is looked whether there is something to audit. Default: 1 minute.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time that one pass covers. Default: 1 hour.</summary>
    public TimeSpan LongestPass { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The most executions that one pass reads; of more the time it covers is cut. Default: 50,000.</summary>
    public int MaxRows { get; init; } = 50_000;

    /// <summary>
    /// How many times as long as a pass took the next one waits at least: the share of a core that the audit may take is
    /// one in so many. Default: 20.
    /// </summary>
    public int Rest { get; init; } = 20;

    /// <summary>
    /// How long the audit of a shard waits for the decision about an occurrence, which a queue may hold up. One that is
    /// decided later than this is not audited for a miss. Default: 1 hour.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long records are kept: what is older is not audited. Default: 30 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}
