using System.Globalization;
using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Tests.Schedules;

namespace Carillon.Scheduling.Tests.Calendars;

public sealed class DailyWindowReferenceTests
{
    private static readonly DateTimeOffset From = Due.At("2015-01-01 00:00:00");
    private static readonly DateTimeOffset To = Due.At("2031-01-01 00:00:00");

    // Windows that begin or end inside a missing or repeated hour, at its edges, and around midnight.
    [Theory]
    [InlineData("Europe/Berlin", "02:30", "03:00")]
    [InlineData("America/New_York", "01:15", "02:45")]
    [InlineData("Australia/Lord_Howe", "22:00", "02:15")]
    [InlineData("Africa/Casablanca", "02:00", "03:00")]
    [InlineData("America/Sao_Paulo", "23:30", "00:30")]
    public void Quarter_hours_run_exactly_when_the_wall_clock_is_outside_the_window(string zone, string from, string to)
    {
        var calendar = new CalendarSpec { DailyFrom = from, DailyTo = to, TimeZone = zone };
        var spec = new ScheduleSpec { Cron = "*/15 * * * *", Exclude = ["window"] };
        var schedule = spec.Schedule(calendars: CalendarSet.Create([KeyValuePair.Create("window", calendar)], []));
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var (first, last) = (Time(from), Time(to));
        var next = schedule.Next(From.AddTicks(-1));
        for (var instant = From; instant < To; instant = instant.AddMinutes(15))
        {
            var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, clock).DateTime);
            if (!time.IsBetween(first, last))
            {
                Assert.True(next == instant, $"{zone} {from}-{to}: {next:O} instead of {instant:O}");
                next = schedule.Next(instant);
            }
        }

        Assert.Equal(To, next);
    }

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
