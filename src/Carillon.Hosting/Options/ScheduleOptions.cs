using Carillon.Model;

namespace Carillon.Hosting;

/// <summary>The keys of <c>schedule</c> of a declared job. They mean what <see cref="ScheduleSpec"/> says.</summary>
public sealed class ScheduleOptions
{
    /// <summary><see cref="ScheduleSpec.Cron"/>.</summary>
    public string? Cron { get; set; }

    /// <summary><see cref="ScheduleSpec.QuartzCron"/>.</summary>
    public string? QuartzCron { get; set; }

    /// <summary><see cref="ScheduleSpec.Rrule"/>.</summary>
    public string? Rrule { get; set; }

    /// <summary><see cref="ScheduleSpec.Every"/>.</summary>
    public TimeSpan? Every { get; set; }

    /// <summary><see cref="ScheduleSpec.EveryFrom"/>.</summary>
    public EveryFrom EveryFrom { get; set; }

    /// <summary><see cref="ScheduleSpec.At"/>.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary><see cref="ScheduleSpec.TimeZone"/>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary><see cref="ScheduleSpec.Dst"/>.</summary>
    public DstPolicy Dst { get; set; } = DstPolicy.Shift;

    /// <summary><see cref="ScheduleSpec.Start"/>.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary><see cref="ScheduleSpec.End"/>.</summary>
    public DateTimeOffset? End { get; set; }

    /// <summary><see cref="ScheduleSpec.Jitter"/>.</summary>
    public TimeSpan Jitter { get; set; }

    /// <summary><see cref="ScheduleSpec.Exclude"/>.</summary>
    public IList<string> Exclude { get; set; } = [];
}
