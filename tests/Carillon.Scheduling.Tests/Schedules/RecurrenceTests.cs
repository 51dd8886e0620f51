using System.Diagnostics;
using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class RecurrenceTests
{
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0", "30 2 * * *")]
    [InlineData("FREQ=MINUTELY;INTERVAL=30", "*/30 * * * *")]
    [InlineData("freq=weekly;byday=su;byhour=1,2,3;byminute=15;bysecond=0", "15 1-3 * * SUN")]
    [InlineData("RRULE:FREQ=MONTHLY;BYDAY=-1SU;BYHOUR=2;BYMINUTE=0,45;BYSECOND=0", "0,45 2 * * 0L")]
    public void Rule_is_due_when_the_same_cron_expression_is_under_every_policy(string rule, string cron)
    {
        foreach (var dst in Enum.GetValues<DstPolicy>())
        {
            foreach (var zone in new[] { "Europe/Berlin", "Australia/Lord_Howe", "UTC" })
            {
                var spec = new ScheduleSpec { TimeZone = zone, Dst = dst, Start = Due.At("2025-12-31 13:00:00") };
                var expected = (spec with { Cron = cron }).After("2026-01-01 00:00:00", 1_000);

                Assert.Equal(expected, (spec with { Rrule = rule }).After("2026-01-01 00:00:00", 1_000));
            }
        }
    }

    [Fact]
    public void Without_a_start_the_creation_of_the_job_is_the_first_one_to_the_second()
    {
        var spec = new ScheduleSpec { Rrule = "FREQ=DAILY;COUNT=3" };

        var schedule = ScheduleFactory.Create(spec, Due.JobId, Due.At("2026-05-01 10:20:30.7"));

        Assert.Equal(["2026-05-01 10:20:30", "2026-05-02 10:20:30", "2026-05-03 10:20:30"], schedule.From(Due.Anchor).Texts());
    }

    [Fact]
    public void Start_within_a_second_counts_from_the_next_one()
    {
        var spec = new ScheduleSpec { Rrule = "FREQ=SECONDLY;INTERVAL=40;COUNT=3", Start = Due.At("2026-05-01 10:00:00.25") };

        Assert.Equal(["2026-05-01 10:00:01", "2026-05-01 10:00:41", "2026-05-01 10:01:21"], spec.After("2026-01-01 00:00:00", 4));
    }

    [Fact]
    public void Start_that_the_rule_does_not_name_is_not_due()
    {
        var spec = new ScheduleSpec { Rrule = "FREQ=WEEKLY;BYDAY=FR;COUNT=2", Start = Due.At("2026-05-04 08:00:00") };

        Assert.Equal(["2026-05-08 08:00:00", "2026-05-15 08:00:00"], spec.After("2026-01-01 00:00:00", 3));
    }

    [Theory]
    [InlineData("20260503T120000", "2026-05-01 10:00:00", "2026-05-02 10:00:00", "2026-05-03 10:00:00")]
    [InlineData("20260503T100000Z", "2026-05-01 10:00:00", "2026-05-02 10:00:00", "2026-05-03 10:00:00")]
    [InlineData("20260503T095959Z", "2026-05-01 10:00:00", "2026-05-02 10:00:00")]
    [InlineData("20260503t115959", "2026-05-01 10:00:00", "2026-05-02 10:00:00")]
    public void Until_is_the_last_one_on_the_wall_clock_or_in_UTC(string until, params string[] expected)
    {
        var spec = new ScheduleSpec
        {
            Rrule = "FREQ=DAILY;UNTIL=" + until,
            Start = Due.At("2026-05-01 10:00:00"),
            TimeZone = "Europe/Berlin",
        };

        Assert.Equal(expected, spec.After("2026-01-01 00:00:00", 5));
    }

    [Fact]
    public void Earlier_of_end_and_until_counts()
    {
        var spec = new ScheduleSpec { Rrule = "FREQ=DAILY;UNTIL=20260504T000000Z", Start = Due.At("2026-05-01 00:00:00") };

        Assert.Equal(2, (spec with { End = Due.At("2026-05-03 00:00:00") }).After("2026-01-01 00:00:00", 9).Length);
        Assert.Equal(4, (spec with { End = Due.At("2026-05-30 00:00:00") }).After("2026-01-01 00:00:00", 9).Length);
    }

    [Fact]
    public void Second_60_is_the_second_59()
    {
        var spec = new ScheduleSpec { Rrule = "FREQ=MINUTELY;BYSECOND=60;COUNT=1", Start = Due.Anchor };

        Assert.Equal(["2026-01-01 00:00:59"], spec.After("2025-01-01 00:00:00", 2));
    }

    [Fact]
    public void Validation_without_a_start_refuses_nothing_that_some_creation_makes_run()
    {
        var mondays = new CalendarSpec { Weekly = [DayOfWeek.Monday, DayOfWeek.Saturday] };
        var calendars = CalendarSet.Create([KeyValuePair.Create("mondays", mondays)], []);

        Assert.Empty(Problems("FREQ=WEEKLY", calendars));
        Assert.Empty(Problems("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", calendars));
        Assert.Empty(Problems("FREQ=DAILY;COUNT=1", calendars));
        Assert.Empty(Problems("FREQ=DAILY;UNTIL=20010101T000000Z", calendars));
        Assert.Contains("excludes every occurrence", Assert.Single(Problems("FREQ=DAILY;BYDAY=MO", calendars)), StringComparison.Ordinal);
        Assert.Contains("never fires", Assert.Single(Problems("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", calendars)), StringComparison.Ordinal);

        static IReadOnlyList<string> Problems(string rule, CalendarSet calendars) => ScheduleValidator.Validate(
            new ScheduleSpec { Rrule = rule, Exclude = ["mondays"] }, Due.JobId, calendars);
    }

    [Theory]
    [InlineData("FREQ=YEARLY;INTERVAL=100;BYYEARDAY=366", "2000-01-01 00:00:00")]
    [InlineData("FREQ=YEARLY;BYDAY=MO;BYSETPOS=-1", "2026-01-01 00:00:00")]
    [InlineData("FREQ=SECONDLY;INTERVAL=86399;BYHOUR=0;BYMINUTE=0;BYSECOND=1", "2026-01-01 00:00:00")]
    [InlineData("FREQ=YEARLY;COUNT=10000;BYDAY=20MO", "2026-01-01 00:00:00")]
    [InlineData("FREQ=SECONDLY;INTERVAL=3599;BYMINUTE=0;BYSECOND=0;COUNT=10000", "2026-01-01 00:00:00")]
    [InlineData("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29", "2026-01-01 00:00:00")]
    [InlineData("FREQ=DAILY;INTERVAL=2147483647", "2026-01-01 00:00:00")]
    [InlineData("FREQ=SECONDLY", "1900-01-01 00:00:00")]
    public void Rule_that_is_far_from_its_start_or_its_next_time_answers_at_once(string rule, string start)
    {
        var began = Stopwatch.GetTimestamp();
        var schedule = new ScheduleSpec { Rrule = rule, Start = Due.At(start) }.Schedule();
        var first = schedule.Next(Due.At("1900-01-01 00:00:00").AddTicks(-1));
        var later = schedule.Next(Due.At("2399-06-01 00:00:00"));

        Assert.NotNull(first);
        Assert.True(later is null || later > first, $"{later:O} is not after {first:O}");
        Assert.True(Stopwatch.GetElapsedTime(began) < Slowest, $"{rule} took {Stopwatch.GetElapsedTime(began)}");
    }

    [Theory]
    [InlineData("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=SECONDLY;INTERVAL=60;BYSECOND=5")]
    [InlineData("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=31;BYHOUR=1")]
    [InlineData("FREQ=MINUTELY;INTERVAL=1440;BYHOUR=5")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6")]
    [InlineData("FREQ=SECONDLY;BYSECOND=1;BYSETPOS=2")]
    [InlineData("FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=1,2,3,4,5,6,7;BYSECOND=1;BYYEARDAY=1;BYSETPOS=-366")]
    [InlineData("FREQ=DAILY;UNTIL=20251231T235959Z")]
    [InlineData("FREQ=DAILY;UNTIL=20251231T235959")]
    public void Rule_that_names_no_time_never_fires_and_says_so_at_once(string rule)
    {
        var began = Stopwatch.GetTimestamp();
        var problem = Assert.Single(ScheduleValidator.Validate(
            new ScheduleSpec { Rrule = rule, Start = Due.Anchor }, Due.JobId));

        Assert.EndsWith(" never fires; allowed: a rule that names a time after its start.", problem, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(began) < Slowest, $"{rule} took {Stopwatch.GetElapsedTime(began)}");
    }

    [Theory]
    [InlineData("", "has the part ''", "NAME=VALUE with FREQ")]
    [InlineData("FREQ", "has the part 'FREQ'", "NAME=VALUE with FREQ")]
    [InlineData("FREQ=DAILY;", "has the part ''", "NAME=VALUE")]
    [InlineData("FREQ=DAILY;BYEASTER=1", "has the part 'BYEASTER=1'", "BYSETPOS, WKST")]
    [InlineData("FREQ=DAILY;freq=DAILY", "has FREQ twice", "each part once")]
    [InlineData("COUNT=3", "has no FREQ", "SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY")]
    [InlineData("FREQ=FORTNIGHTLY", "has FREQ 'FORTNIGHTLY'", "SECONDLY, MINUTELY")]
    [InlineData("FREQ=3", "has FREQ '3'", "SECONDLY, MINUTELY")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "has INTERVAL '0'", "1 to 2147483647")]
    [InlineData("FREQ=DAILY;INTERVAL=1,2", "has INTERVAL '1,2'", "1 to 2147483647")]
    [InlineData("FREQ=DAILY;COUNT=2147483647", "has COUNT '2147483647'", "1 to 10000")]
    [InlineData("FREQ=DAILY;COUNT=-1", "has COUNT '-1'", "1 to 10000")]
    [InlineData("FREQ=DAILY;UNTIL=20261231", "has UNTIL '20261231'", "20301231T235959, or with Z")]
    [InlineData("FREQ=DAILY;UNTIL=20260230T000000", "has UNTIL '20260230T000000'", "20301231T235959")]
    [InlineData("FREQ=DAILY;BYHOUR=24", "has BYHOUR '24'", "0 to 23")]
    [InlineData("FREQ=DAILY;BYHOUR=-1", "has BYHOUR '-1'", "0 to 23")]
    [InlineData("FREQ=DAILY;BYMINUTE=60", "has BYMINUTE '60'", "0 to 59")]
    [InlineData("FREQ=DAILY;BYSECOND=61", "has BYSECOND '61'", "0 to 60")]
    [InlineData("FREQ=DAILY;BYSECOND=1,,2", "has BYSECOND ''", "0 to 60")]
    [InlineData("FREQ=DAILY;BYMONTH=13", "has BYMONTH '13'", "1 to 12")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0", "has BYMONTHDAY '0'", "1 to 31 and -31 to -1")]
    [InlineData("FREQ=YEARLY;BYYEARDAY=367", "has BYYEARDAY '367'", "1 to 366 and -366 to -1")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=-54", "has BYWEEKNO '-54'", "1 to 53 and -53 to -1")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-2147483648", "has BYSETPOS '-2147483648'", "1 to 366 and -366 to -1")]
    [InlineData("FREQ=MONTHLY;BYDAY=54MO", "has BYDAY '54MO'", "1 to 53 or -53 to -1")]
    [InlineData("FREQ=MONTHLY;BYDAY=MONDAY", "has BYDAY 'MONDAY'", "SU, MO, TU, WE, TH, FR, SA")]
    [InlineData("FREQ=WEEKLY;WKST=1MO", "has WKST '1MO'", "SU, MO, TU, WE, TH, FR, SA")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=3", "has BYWEEKNO with FREQ=MONTHLY", "BYWEEKNO with FREQ=YEARLY")]
    [InlineData("FREQ=DAILY;BYYEARDAY=3", "has BYYEARDAY with FREQ=DAILY", "HOURLY, YEARLY")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=3", "has BYMONTHDAY with FREQ=WEEKLY", "any other FREQ")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,1TU", "has BYDAY 'MO,1TU' with FREQ=WEEKLY", "with FREQ=MONTHLY, YEARLY")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1TU", "has BYDAY '1TU' with BYWEEKNO", "weekdays without a number")]
    [InlineData("FREQ=DAILY;COUNT=3;UNTIL=20300101T000000Z", "has COUNT with UNTIL", "one of the two")]
    [InlineData("FREQ=DAILY;BYSETPOS=1", "has BYSETPOS alone", "another part that begins with BY")]
    public void Error_names_part_value_and_what_is_allowed(string rule, string problem, string allowed)
    {
        var sentence = Assert.Single(ScheduleValidator.Validate(new ScheduleSpec { Rrule = rule }, Due.JobId));

        Assert.StartsWith($"schedule.rrule '{rule}' {problem}; allowed: ", sentence, StringComparison.Ordinal);
        Assert.Contains(allowed, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_parts_are_told_at_once()
    {
        var spec = new ScheduleSpec { Rrule = "FREQ=DAILY;BYHOUR=24,25;COUNT=0;WKST=X" };

        Assert.Equal(4, ScheduleValidator.Validate(spec, Due.JobId).Count);
    }

    [Fact]
    public void Long_rule_and_start_out_of_range_are_refused()
    {
        var longRule = "FREQ=DAILY;BYHOUR=" + string.Join(',', Enumerable.Repeat("1", 500));

        Assert.Contains("characters long; allowed: at most 1000.", Assert.Single(ScheduleValidator.Validate(
            new ScheduleSpec { Rrule = longRule }, Due.JobId)), StringComparison.Ordinal);
        Assert.Contains("is out of range for a rule; allowed: 1900 to 9000.", Assert.Single(ScheduleValidator.Validate(
            new ScheduleSpec { Rrule = "FREQ=DAILY", Start = DateTimeOffset.MinValue }, Due.JobId)), StringComparison.Ordinal);
    }
}
