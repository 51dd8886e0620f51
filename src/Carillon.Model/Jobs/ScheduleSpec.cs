namespace Carillon.Model;

/// <summary>When a job runs: exactly one of the kinds, or none for a job that runs only when triggered.</summary>
public sealed record ScheduleSpec
{
    /// <summary>Five crontab fields, or six with seconds first.</summary>
    public string? Cron { get; init; }

    /// <summary>Quartz's six or seven fields, weekdays from 1 = Sunday.</summary>
    public string? QuartzCron { get; init; }

    /// <summary>A fixed rate, 1 ms to 400 days.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>One instant.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>IANA id of the time zone of cron fields. Default: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What happens when the clocks change. Default: <see cref="DstPolicy.Shift"/>.</summary>
    public DstPolicy Dst { get; init; }

    /// <summary>No occurrence before this instant. Default: none.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>No occurrence at or after this instant. Default: none.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Each occurrence is shifted by up to this, steadily for job and occurrence. Default: 0; at most 1 day.</summary>
    public TimeSpan Jitter { get; init; }
}
