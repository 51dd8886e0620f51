using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Schedules;
using Carillon.Scheduling.Tests.Schedules;

namespace Carillon.Scheduling.Tests.Calendars;

public sealed class CalendarTests
{
    private const string Berlin = "Europe/Berlin";

    [Fact]
    public void Holidays_leave_out_whole_days_of_the_calendars_zone()
    {
        var calendar = new CalendarSpec { Holidays = ["2026-01-03", "01-05"], TimeZone = Berlin };

        Assert.Equal(
            ["2026-01-02 22:30:00", "2026-01-03 23:30:00", "2026-01-04 22:30:00", "2026-01-05 23:30:00",
                "2026-01-06 22:30:00"],
            After("30 22,23 * * *", "2026-01-02 12:00:00", calendar, 5));
    }

    [Fact]
    public void Day_without_a_year_is_left_out_every_year_and_the_leap_day_only_where_it_exists()
    {
        var calendar = new CalendarSpec { Holidays = ["02-29", "12-25"] };

        Assert.Equal(
            ["2028-02-28 00:00:00", "2028-03-01 00:00:00"],
            After("0 0 * * *", "2028-02-27 12:00:00", calendar, 2));
        Assert.Equal(["2031-12-26 00:00:00"], After("0 0 * * *", "2031-12-24 12:00:00", calendar, 1));
    }

    [Fact]
    public void Weekly_days_are_left_out()
    {
        var calendar = new CalendarSpec { Weekly = [DayOfWeek.Saturday, DayOfWeek.Sunday] };

        Assert.Equal(
            ["2026-01-02 09:00:00", "2026-01-05 09:00:00"], After("0 9 * * *", "2026-01-01 12:00:00", calendar, 2));
    }

    [Theory]
    [InlineData("12:00", "14:00", "2026-01-01 11:00:00", "2026-01-01 14:00:00")]
    [InlineData("22:00", "06:00", "2026-01-01 21:00:00", "2026-01-02 06:00:00")]
    [InlineData("22:00", "24:00", "2026-01-01 21:00:00", "2026-01-02 00:00:00")]
    [InlineData("20:30:30", "00:00", "2026-01-01 20:00:00", "2026-01-02 00:00:00")]
    public void Daily_window_holds_its_first_instant_and_not_its_last(string from, string to, params string[] due)
    {
        var calendar = new CalendarSpec { DailyFrom = from, DailyTo = to };

        Assert.Equal(due, After("0 * * * *", Due.Text(Due.At(due[0]).AddMinutes(-1)), calendar, 2));
    }

    [Theory]
    [InlineData("30 * * * *", "*/30 * * * * *", "2026-01-01 00:29:30", "2026-01-01 00:31:00")]
    [InlineData("30 30 * * * *", "*/30 * * * * *", "2026-01-01 00:30:00", "2026-01-01 00:31:00")]
    [InlineData("* 1-22 * * *", "* * * * *", "2026-01-01 00:59:00", "2026-01-01 23:00:00")]
    [InlineData("* * * 2-11 *", "*/5 * * * * *", "2026-01-31 23:59:55", "2026-12-01 00:00:00")]
    [InlineData("* * * * * 1-5", "* * * * * *", "2026-01-04 23:59:59", "2026-01-10 00:00:00")]
    public void Cron_of_a_calendar_leaves_out_the_minutes_or_seconds_that_match(
        string cron, string schedule, string before, string after)
    {
        var calendar = new CalendarSpec { Cron = cron };

        Assert.Equal([before, after], After(schedule, Due.Text(Due.At(before).AddTicks(-1)), calendar, 2));
    }

    [Fact]
    public void Each_of_several_calendars_leaves_out_its_own()
    {
        var calendars = Set(
            ("weekend", new CalendarSpec { Weekly = [DayOfWeek.Saturday, DayOfWeek.Sunday] }),
            ("monday", new CalendarSpec { Holidays = ["2026-01-05"] }));
        var spec = new ScheduleSpec { Cron = "@daily", Exclude = ["weekend", "monday"] };

        var next = spec.Schedule(calendars: calendars).Next(Due.At("2026-01-02 12:00:00"));

        Assert.Equal(Due.At("2026-01-06 00:00:00"), next);
    }

    public static TheoryData<ScheduleSpec, string?> Kinds => new()
    {
        { new ScheduleSpec { Every = TimeSpan.FromHours(5), Start = Due.Anchor }, "2026-01-02 06:00:00" },
        { new ScheduleSpec { Every = TimeSpan.FromHours(5), EveryFrom = EveryFrom.End }, "2026-01-02 11:00:00" },
        { new ScheduleSpec { At = Due.At("2026-01-01 23:00:00") }, null },
        { new ScheduleSpec { Cron = "0 * * * *", Jitter = TimeSpan.FromMinutes(10) }, "2026-01-02 06:00:00+" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_schedule_keeps_out_of_a_calendar(ScheduleSpec spec, string? due)
    {
        var night = Set(("night", new CalendarSpec { DailyFrom = "21:00", DailyTo = "06:00" }));

        var next = (spec with { Exclude = ["night"] }).Schedule(calendars: night).Next(Due.At("2026-01-01 20:30:00"));

        if (due is [.. var earliest, '+'])
        {
            Assert.InRange(next!.Value, Due.At(earliest), Due.At(earliest) + spec.Jitter);
        }
        else
        {
            Assert.Equal(due, next is { } occurrence ? Due.Text(occurrence) : null);
        }
    }

    [Fact]
    public void Schedule_whose_every_occurrence_is_excluded_is_refused_and_its_search_ends()
    {
        var nights = Set(("nights", new CalendarSpec { DailyFrom = "22:00", DailyTo = "06:00" }));
        var spec = new ScheduleSpec { Cron = "0 3 * * *", Exclude = ["nights"] };

        Assert.Null(spec.Schedule(calendars: nights).Next(Due.Anchor));
        Assert.Equal(
            ["schedule.exclude 'nights' excludes every occurrence; allowed: calendars that leave something to run."],
            ScheduleValidator.Validate(spec, Due.JobId, nights));
    }

    [Theory]
    [InlineData("holidays, nights")]
    [InlineData("none, since carillon.calendars is empty")]
    public void Calendar_that_is_not_known_is_named_with_those_that_are(string allowed)
    {
        var known = allowed.StartsWith("none", StringComparison.Ordinal)
            ? CalendarSet.Empty
            : Set(
                ("nights", new CalendarSpec { DailyFrom = "22:00", DailyTo = "06:00" }),
                ("holidays", new CalendarSpec { Holidays = ["12-25"] }));

        Assert.Equal(
            [$"schedule.exclude 'night' is not a calendar of this node; allowed: {allowed}."],
            ScheduleValidator.Validate(new ScheduleSpec { Cron = "@daily", Exclude = ["night"] }, Due.JobId, known));
    }

    [Fact]
    public void Recorded_job_whose_calendar_is_gone_has_no_occurrences_until_it_is_back()
    {
        var spec = new ScheduleSpec { Cron = "@daily", Exclude = ["gone"] };

        Assert.Null(ScheduleFactory.Restore(spec, Due.JobId, Due.Anchor, CalendarSet.Empty).Next(Due.Anchor));
    }

    public static TheoryData<CalendarSpec, string> Wrong => new()
    {
        { new CalendarSpec(), "calendars.c is empty; allowed: at least one of holidays, weekly, daily, cron." },
        { new CalendarSpec { Holidays = ["2026-02-30"] }, "calendars.c.holidays '2026-02-30' is not a day" },
        { new CalendarSpec { Holidays = ["02-30"] }, "calendars.c.holidays '02-30' is not a day" },
        { new CalendarSpec { Holidays = [.. Enumerable.Repeat("12-25", 1001)] }, "calendars.c.holidays '1001' are too many" },
        { new CalendarSpec { Weekly = Enum.GetValues<DayOfWeek>() }, "calendars.c.weekly 'all days' leaves no day" },
        { new CalendarSpec { DailyFrom = "22:00", DailyTo = "25:00" }, "calendars.c.daily.to '25:00' is not a time" },
        { new CalendarSpec { DailyFrom = "22:00" }, "calendars.c.daily.to '' is not a time" },
        { new CalendarSpec { DailyFrom = "22:00", DailyTo = "22:00" }, "calendars.c.daily '22:00 to 22:00' is not a part" },
        { new CalendarSpec { DailyFrom = "00:00", DailyTo = "24:00" }, "calendars.c.daily '00:00 to 24:00' is not a part" },
        { new CalendarSpec { Cron = "61 * * * *" }, "calendars.c.cron '61 * * * *' has minute '61'" },
        { new CalendarSpec { Cron = "0 0 30 2 *" }, "calendars.c.cron '0 0 30 2 *' never matches" },
        { new CalendarSpec { Cron = "@daily", TimeZone = "Mars" }, "calendars.c.time-zone 'Mars' is not a known" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Problem_names_calendar_field_value_and_what_is_allowed(CalendarSpec spec, string problem)
    {
        var problems = new List<string>();

        Assert.Empty(CalendarSet.Create([KeyValuePair.Create("c", spec)], problems).Names);
        Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
        Assert.Contains("; allowed: ", problems[0], StringComparison.Ordinal);
    }

    private static string[] After(string cron, string after, CalendarSpec calendar, int count) =>
        new ScheduleSpec { Cron = cron, Exclude = ["c"] }.Schedule(calendars: Set(("c", calendar)))
            .From(Due.At(after)).Take(count).Texts();

    private static CalendarSet Set(params (string Name, CalendarSpec Spec)[] calendars)
    {
        var problems = new List<string>();
        var set = CalendarSet.Create(calendars.Select(c => KeyValuePair.Create(c.Name, c.Spec)), problems);
        Assert.Empty(problems);
        return set;
    }
}
