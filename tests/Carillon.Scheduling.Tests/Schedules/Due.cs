using System.Globalization;
using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

/// <summary>The vocabulary of the schedule tests: specs in, occurrences out as UTC text.</summary>
internal static class Due
{
    public const string JobId = "nightly-report";
    public static readonly DateTimeOffset Anchor = At("2026-01-01 00:00:00");

    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static ISchedule Schedule(this ScheduleSpec spec, string jobId = JobId, CalendarSet? calendars = null) =>
        ScheduleFactory.Create(spec, jobId, Anchor, calendars);

    public static IEnumerable<DateTimeOffset> From(this ISchedule schedule, DateTimeOffset after)
    {
        for (var next = schedule.Next(after); next is not null; next = schedule.Next(next.Value))
        {
            yield return next.Value;
        }
    }

    /// <summary>The first occurrences after an instant, as UTC text with a fraction of the second if any.</summary>
    public static string[] After(this ScheduleSpec spec, string after, int count) =>
        spec.Schedule().From(At(after)).Take(count).Texts();

    public static string[] Texts(this IEnumerable<DateTimeOffset> instants) => [.. instants.Select(Text)];

    public static string Text(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture).TrimEnd('.');
}
