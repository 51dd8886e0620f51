namespace Carillon.Scheduling.Schedules;

/// <summary>
/// A recurrence rule of RFC 5545, as written. An empty list and an empty mask name nothing, and so leave everything; bit n
/// of a mask is the value n. Negative numbers count from the end.
/// </summary>
internal sealed record RecurrenceRule
{
    /// <summary>The greatest <see cref="Count"/>: they are counted from the first one on.</summary>
    public const int MaxCount = 10_000;

    /// <summary>The period.</summary>
    public required RecurrenceFrequency Frequency { get; init; }

    /// <summary>Every so many periods count, from that of the first occurrence on; from 1.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>How many times are named, from 1; null for no bound.</summary>
    public int? Count { get; init; }

    /// <summary>The last time that may be named: an instant if it is UTC, else a wall-clock time; null for no bound.</summary>
    public DateTime? Until { get; init; }

    /// <summary>The first day of weeks.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>BYSECOND.</summary>
    public ulong Seconds { get; init; }

    /// <summary>BYMINUTE.</summary>
    public ulong Minutes { get; init; }

    /// <summary>BYHOUR.</summary>
    public ulong Hours { get; init; }

    /// <summary>BYMONTH.</summary>
    public ulong Months { get; init; }

    /// <summary>BYMONTHDAY.</summary>
    public int[] MonthDays { get; init; } = [];

    /// <summary>BYYEARDAY.</summary>
    public int[] YearDays { get; init; } = [];

    /// <summary>BYWEEKNO.</summary>
    public int[] WeekNumbers { get; init; } = [];

    /// <summary>BYDAY: weekdays, with the ordinal 0 for each one.</summary>
    public (int Ordinal, DayOfWeek Day)[] Weekdays { get; init; } = [];

    /// <summary>Whether ordinals of weekdays count in the month; otherwise in the year.</summary>
    public bool CountsInMonth { get; init; }

    /// <summary>BYSETPOS.</summary>
    public int[] SetPositions { get; init; } = [];

    /// <summary>Whether a day of the year is named otherwise than by its month.</summary>
    public bool NamesDays => MonthDays.Length + YearDays.Length + WeekNumbers.Length + Weekdays.Length > 0;

    /// <summary>Whether any BY part is there but BYSETPOS.</summary>
    public bool NamesAny => NamesDays || (Seconds | Minutes | Hours | Months) != 0;

    /// <summary>A rule that names at least what this one names, whenever it starts.</summary>
    public RecurrenceRule FromAnyStart() => this with
    {
        Frequency = RecurrenceFrequency.Secondly,
        Interval = 1,
        Count = null,
        Until = null,
        SetPositions = [],
    };

    /// <summary>The rule with what it leaves open taken from its first day.</summary>
    public RecurrenceRule FromDay(DateTime first) => Frequency switch
    {
        RecurrenceFrequency.Weekly when Weekdays.Length == 0 => this with { Weekdays = [(0, first.DayOfWeek)] },
        RecurrenceFrequency.Monthly when !NamesDays => this with { MonthDays = [first.Day] },
        RecurrenceFrequency.Yearly when !NamesDays => this with
        {
            Months = Months == 0 ? 1UL << first.Month : Months,
            MonthDays = [first.Day],
        },
        RecurrenceFrequency.Yearly when WeekNumbers.Length > 0 && MonthDays.Length + YearDays.Length + Weekdays.Length == 0 =>
            this with { Weekdays = [(0, first.DayOfWeek)] },
        _ => this,
    };
}
