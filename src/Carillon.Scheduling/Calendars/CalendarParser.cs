using System.Globalization;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Calendars;

/// <summary>Reads a calendar as written and says everything that is wrong with it.</summary>
/// <param name="name">Its name.</param>
/// <param name="problems">Receives one sentence per problem.</param>
internal sealed class CalendarParser(string name, ICollection<string> problems)
{
    private const int MaxHolidays = 1_000;
    private const int DaysOfWeek = 7;
    private const string AllowedDay = "2026-12-24, or 12-24 for that day of every year";
    private const string AllowedTime = "a time of day from 00:00 to 24:00";
    private const int LeapYear = 2000;
    private static readonly string[] TimeFormats = ["HH:mm", "HH:mm:ss"];

    /// <summary>Reads it.</summary>
    /// <returns>The calendar, or null when there were problems.</returns>
    public Calendar? Parse(CalendarSpec spec)
    {
        var before = problems.Count;
        var zone = ZoneTimeline.Find(spec.TimeZone);
        if (zone is null)
        {
            Add("time-zone", spec.TimeZone, "is not a known time zone", "an IANA id such as Europe/Berlin or UTC");
        }

        ICalendarPart?[] parts = [Days(spec), Daily(spec), Cron(spec)];
        if (problems.Count == before && parts.All(static part => part is null))
        {
            problems.Add($"calendars.{name} is empty; allowed: at least one of holidays, weekly, daily, cron.");
        }

        return problems.Count == before ? new Calendar(name, zone!, [.. parts.OfType<ICalendarPart>()]) : null;
    }

    private WholeDays? Days(CalendarSpec spec)
    {
        if (spec.Holidays.Count > MaxHolidays)
        {
            var count = spec.Holidays.Count.ToString(CultureInfo.InvariantCulture);
            Add("holidays", count, "are too many days", $"at most {MaxHolidays}");
            return null;
        }

        var (dates, yearly) = (new HashSet<DateOnly>(), new HashSet<(int, int)>());
        foreach (var text in spec.Holidays)
        {
            if (TryDate(text, out var date))
            {
                dates.Add(date);
            }
            else if (TryDate($"{LeapYear}-{text}", out date))
            {
                yearly.Add((date.Month, date.Day));
            }
            else
            {
                Add("holidays", text, "is not a day", AllowedDay);
            }
        }

        var weekdays = spec.Weekly.ToHashSet();
        if (weekdays.Count == DaysOfWeek)
        {
            Add("weekly", "all days", "leaves no day to run on", "at most six days of the week");
        }

        return dates.Count + yearly.Count + weekdays.Count == 0 ? null : new WholeDays(dates, yearly, weekdays);
    }

    private DailyWindow? Daily(CalendarSpec spec)
    {
        if (spec is { DailyFrom: null, DailyTo: null })
        {
            return null;
        }

        var (from, to) = (Time("daily.from", spec.DailyFrom), Time("daily.to", spec.DailyTo));
        if (from is { } start && to is { } end)
        {
            if (start != end && start < TimeSpan.FromDays(1) && (start, end) != (TimeSpan.Zero, TimeSpan.FromDays(1)))
            {
                return new DailyWindow(start, end);
            }

            Add("daily", $"{spec.DailyFrom} to {spec.DailyTo}", "is not a part of a day", "two different times");
        }

        return null;
    }

    private TimeSpan? Time(string field, string? text)
    {
        if (text is "24:00")
        {
            return TimeSpan.FromDays(1);
        }

        if (TimeOnly.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time.ToTimeSpan();
        }

        Add(field, text ?? string.Empty, "is not a time of day", AllowedTime);
        return null;
    }

    private CronTimes? Cron(CalendarSpec spec)
    {
        if (spec.Cron is not { } expression)
        {
            return null;
        }

        var reading = CronParser.Read(expression, CronDialect.Crontab, name);
        foreach (var fault in reading.Faults)
        {
            Add("cron", expression, fault.Problem, fault.Allowed);
        }

        if (reading.Faults.Count > 0)
        {
            return null;
        }

        var pattern = new CronPattern([.. reading.Fields.Select(read => read.Field)]);
        if (pattern.AtOrAfter(new DateTime(LeapYear, 1, 1)) is null)
        {
            Add("cron", expression, "never matches", "a date that exists");
            return null;
        }

        return new CronTimes(pattern, reading.HasSeconds);
    }

    private void Add(string field, string value, string problem, string allowed) =>
        problems.Add($"calendars.{name}.{field} {ScheduleProblems.Quote(value)} {problem}; allowed: {allowed}.");

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
