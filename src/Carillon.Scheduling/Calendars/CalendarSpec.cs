namespace Carillon.Scheduling.Calendars;

/// <summary>
/// A calendar as written: the instants at which jobs that name it do not run. What any of its parts covers is excluded;
/// at least one part is there. All of it is read on the wall clock of <see cref="TimeZone"/>.
/// </summary>
public sealed record CalendarSpec
{
    /// <summary>Whole days: <c>2026-12-24</c>, or <c>12-25</c> for that day of every year. At most 1,000.</summary>
    public IReadOnlyList<string> Holidays { get; init; } = [];

    /// <summary>Whole days of the week.</summary>
    public IReadOnlyList<DayOfWeek> Weekly { get; init; } = [];

    /// <summary>
    /// The start of a part of each day, <c>22:00</c>: the first instant in it. Null: no such part, and
    /// <see cref="DailyTo"/> is null as well.
    /// </summary>
    public string? DailyFrom { get; init; }

    /// <summary>
    /// The end of a part of each day: the first instant after it. At or before <see cref="DailyFrom"/> it is on the
    /// next day; <c>24:00</c> is midnight.
    /// </summary>
    public string? DailyTo { get; init; }

    /// <summary>
    /// A crontab expression: with five fields each minute that matches, with six each second. Null: no such part.
    /// </summary>
    public string? Cron { get; init; }

    /// <summary>An IANA id. Default: UTC.</summary>
    public string TimeZone { get; init; } = "UTC";
}
