using Carillon.Scheduling.Calendars;

namespace Carillon.Hosting;

/// <summary>The keys of one of <c>carillon.calendars</c>. They mean what <see cref="CalendarSpec"/> says.</summary>
public sealed class CalendarOptions
{
    /// <summary><see cref="CalendarSpec.Holidays"/>.</summary>
    public IList<string> Holidays { get; set; } = [];

    /// <summary><see cref="CalendarSpec.Weekly"/>.</summary>
    public IList<DayOfWeek> Weekly { get; set; } = [];

    /// <summary>A part of each day. Default: none.</summary>
    public DailyWindowOptions? Daily { get; set; }

    /// <summary><see cref="CalendarSpec.Cron"/>.</summary>
    public string? Cron { get; set; }

    /// <summary><see cref="CalendarSpec.TimeZone"/>.</summary>
    public string TimeZone { get; set; } = "UTC";
}
