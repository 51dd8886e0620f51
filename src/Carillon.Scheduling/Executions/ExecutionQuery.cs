using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Which executions to list.</summary>
public sealed record ExecutionQuery
{
    /// <summary>Only this job's; null for all jobs.</summary>
    public string? JobId { get; init; }

    /// <summary>Scheduled at or after this; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Scheduled before this; null for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The last attempt's state or outcome; null for all.</summary>
    public ExecutionStatus? Status { get; init; }

    /// <summary>The node that ran the last attempt, by name; null for all.</summary>
    public string? Node { get; init; }

    /// <summary>What made the occurrence; null for all.</summary>
    public TriggerKind? Trigger { get; init; }

    /// <summary>How many, 1 to 1,000.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The end of the page before, as <see cref="ExecutionPage.NextCursor"/> gave it; null for the first page.</summary>
    public string? Cursor { get; init; }
}
