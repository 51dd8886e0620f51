using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Explanations;
using Carillon.Scheduling.Schedules;
using Carillon.Scheduling.Tests.Schedules;

namespace Carillon.Scheduling.Tests.Explanations;

public sealed class ScheduleExplainerTests
{
    private const string Berlin = "Europe/Berlin";
    private const string Forward = "on 2026-03-29, when clocks go forward from 02:00 to 03:00";
    private const string Back = "on 2026-10-25, when clocks go back from 03:00 to 02:00";

    private static readonly CalendarSet Calendars = CalendarSet.Create(
        [
            KeyValuePair.Create("holidays", new CalendarSpec { Holidays = ["2026-01-02", "2026-01-03"] }),
            KeyValuePair.Create("nights", new CalendarSpec { DailyFrom = "22:00", DailyTo = "06:00" }),
        ],
        []);

    [Theory]
    [InlineData("30 2 * * *", DstPolicy.Shift, $"02:30 does not exist {Forward}: it runs at 03:00 (dst = shift)")]
    [InlineData("15,30 2 * * *", DstPolicy.First,
        $"02:15 and 02:30 do not exist {Forward}: they run once, at 03:00 (dst = first)")]
    [InlineData("*/20 2,3 * * *", DstPolicy.Both,
        $"02:00, 02:20 and 02:40 do not exist {Forward}: they run once, at 03:00, which is due as well (dst = both)")]
    [InlineData("* 2 * * *", DstPolicy.Last,
        $"02:00 to 02:59 (60 times) do not exist {Forward}: they run once, at 03:00 (dst = last)")]
    public void Shifted_time_says_where_from(string cron, DstPolicy dst, string decision)
    {
        var first = Explain(BerlinCron(cron, dst), "2026-03-29 00:30:00", 1).Items[0];

        Assert.Equal(
            new ExplainedOccurrence(Due.At("2026-03-29 01:00:00"), "2026-03-29T03:00:00+02:00", true, 1, decision),
            first);
    }

    [Fact]
    public void Dropped_time_stands_where_it_would_have_been()
    {
        var items = Explain(BerlinCron("30 2 * * *", DstPolicy.Skip), "2026-03-28 00:30:00", 2).Items;

        Assert.Equal(
            [
                new(Due.At("2026-03-28 01:30:00"), "2026-03-28T02:30:00+01:00", true, 1, null),
                new(null, "2026-03-29T02:30:00", false, 1,
                    $"02:30 does not exist {Forward}: it does not run (dst = skip)"),
                new(Due.At("2026-03-30 00:30:00"), "2026-03-30T02:30:00+02:00", true, 1, null),
            ],
            items);
    }

    [Theory]
    [InlineData(DstPolicy.Skip, "02:30+02:00 first", "02:30+01:00 dropped second")]
    [InlineData(DstPolicy.Shift, "02:30+02:00 first", "02:30+01:00 dropped second")]
    [InlineData(DstPolicy.First, "02:30+02:00 first", "02:30+01:00 dropped second")]
    [InlineData(DstPolicy.Last, "02:30+02:00 dropped first", "02:30+01:00 second")]
    [InlineData(DstPolicy.Both, "02:30+02:00 first", "02:30+01:00 second")]
    public void Repeated_time_says_which_of_the_two_runs(DstPolicy dst, params string[] expected)
    {
        var items = Explain(BerlinCron("30 2 * * *", dst), "2026-10-24 12:00:00", 3).Items;

        var policy = $"(dst = {dst.ToString().ToLowerInvariant()})";
        Assert.Equal(
            expected.Select(text => text.Split(' ') switch
            {
                [_, "dropped", var which] =>
                    $"02:30 comes twice {Back}: does not run the {which} time {policy}",
                [_, var which] => $"02:30 comes twice {Back}: this is the {which} time {policy}",
                _ => text,
            }),
            items.Take(2).Select(item => item.Decision));
        Assert.Equal(
            expected.Select(text => text.Contains("dropped", StringComparison.Ordinal)),
            items.Take(2).Select(item => !item.Runs));
        Assert.Equal(
            expected.Select(text => $"2026-10-25T{text[..5]}:00{text[5..11]}"),
            items.Take(2).Select(item => item.LocalTime));
        Assert.Null(items[2].Decision);
    }

    [Fact]
    public void Excluded_occurrences_in_a_row_are_one_item_that_names_the_calendar()
    {
        var spec = new ScheduleSpec { Cron = "0 */12 * * *", Exclude = ["holidays", "nights"] };

        var items = Explain(spec, "2026-01-01 00:00:00", 2).Items;

        Assert.Equal(
            [
                (true, 1, null),
                (false, 4, "4 up to 2026-01-03T12:00:00+00:00 are excluded by calendar 'holidays'"),
                (false, 1, "excluded by calendar 'nights'"),
                (true, 1, null),
            ],
            items.Select(item => (item.Runs, item.Count, item.Decision)));
        Assert.Equal(Due.At("2026-01-02 00:00:00"), items[1].ScheduledAt);
    }

    [Fact]
    public void Long_exclusions_are_not_counted_to_their_end()
    {
        var spec = new ScheduleSpec { Cron = "* * * * * *", Exclude = ["holidays"] };

        var items = Explain(spec, "2026-01-01 23:59:58", 2).Items;

        Assert.Equal([true, false, true], items.Select(item => item.Runs));
        Assert.Equal("all before 2026-01-04T00:00:00+00:00 are excluded by calendar 'holidays'", items[1].Decision);
        Assert.Equal(Due.At("2026-01-04 00:00:00"), items[^1].ScheduledAt);
    }

    [Fact]
    public void Jitter_and_start_are_told()
    {
        var spec = new ScheduleSpec
        {
            Cron = "0 9 * * *",
            Jitter = TimeSpan.FromHours(1),
            Start = Due.At("2026-01-01 00:00:00"),
        };

        var item = Assert.Single(Explain(spec, "2025-06-01 00:00:00", 1).Items);

        Assert.Equal("2026-01-01T09:16:37.027226+00:00", item.LocalTime);
        Assert.Equal(
            "the first since the schedule starts at 2026-01-01T00:00:00+00:00; "
            + "moved 00:16:37.0272260 later by jitter, from 2026-01-01T09:00:00+00:00",
            item.Decision);
    }

    public static TheoryData<ScheduleSpec, int, string> Ends => new()
    {
        { new ScheduleSpec(), 0, "it runs only when triggered" },
        { new ScheduleSpec { At = Due.At("2026-02-01 00:00:00") }, 1, "it runs once" },
        { new ScheduleSpec { At = DateTimeOffset.MaxValue, TimeZone = Berlin }, 1, "it runs once" },
        { new ScheduleSpec { Cron = "@daily", Start = DateTimeOffset.MaxValue }, 0, "the expression names no later time" },
        { new ScheduleSpec { Cron = "@daily", End = Due.At("2026-01-03 12:00:00") }, 2,
            "the schedule ends at 2026-01-03T12:00:00+00:00" },
        { new ScheduleSpec { QuartzCron = "0 0 12 1 5 ? 2026" }, 1, "the expression names no later time" },
        { new ScheduleSpec { Every = TimeSpan.FromMinutes(5), EveryFrom = EveryFrom.End }, 0,
            "each run is due 00:05:00 after the end of the one before, so it is known only then" },
        { new ScheduleSpec { Cron = "@daily", Exclude = ["gone"] }, 0,
            "schedule.exclude 'gone' is not a calendar of this node; allowed: holidays, nights." },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void End_of_the_occurrences_is_explained(ScheduleSpec spec, int count, string note)
    {
        var explanation = Explain(spec, "2026-01-01 00:00:00", 10);

        Assert.Equal(count, explanation.Items.Count);
        Assert.Equal(note, explanation.Note);
    }

    [Fact]
    public void Search_among_excluded_occurrences_ends_and_says_so()
    {
        var spec = new ScheduleSpec { Cron = "0 3 * * *", Exclude = ["nights"] };

        var explanation = Explain(spec, "2026-01-01 00:00:00", 1);

        Assert.DoesNotContain(explanation.Items, item => item.Runs);
        Assert.EndsWith("is excluded; the search for the next one ends there", explanation.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_on_which_clocks_change_are_told_a_year_ahead()
    {
        var affected = Explain(BerlinCron("30 2 * * *", DstPolicy.Shift), "2026-01-01 00:00:00", 1).AffectedDates;

        Assert.Equal(
            [
                new AffectedDate(Due.At("2026-03-29 01:00:00"), "2026-03-29",
                    $"02:30 does not exist {Forward}: it runs at 03:00 (dst = shift)"),
                new AffectedDate(Due.At("2026-10-25 01:00:00"), "2026-10-25",
                    $"02:30 comes twice {Back}: runs the first time only (dst = shift)"),
            ],
            affected);
        Assert.Empty(Explain(BerlinCron("30 4 * * *", DstPolicy.Shift), "2026-01-01 00:00:00", 1).AffectedDates);
    }

    /// <summary>An explanation that says something else than what the job does is worse than none.</summary>
    [Fact]
    public void Explained_occurrences_are_those_of_the_schedule()
    {
        var random = new Random(7);
        var expressions = new RandomCron(random);
        string[] zones = [Berlin, "Australia/Lord_Howe", "Africa/Casablanca", "UTC"];
        for (var i = 0; i < 400; i++)
        {
            var spec = new ScheduleSpec
            {
                Cron = expressions.Expression(),
                TimeZone = zones[random.Next(zones.Length)],
                Dst = (DstPolicy)random.Next(5),
                Jitter = random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(random.Next(1, 90)),
                Exclude = random.Next(2) == 0 ? [] : ["nights"],
            };
            if (ScheduleValidator.Validate(spec, Due.JobId, Calendars).Count > 0)
            {
                continue;
            }

            var after = Due.At(random.Next(2) == 0 ? "2026-03-28 13:00:00" : "2026-10-24 11:00:00");
            var runs = Explain(spec, Due.Text(after), 60).Items.Where(item => item.Runs).ToList();

            Assert.NotEmpty(runs);
            Assert.Equal(
                spec.Schedule(calendars: Calendars).From(after).Take(runs.Count),
                runs.Select(item => item.ScheduledAt!.Value));
        }
    }

    private static ScheduleSpec BerlinCron(string cron, DstPolicy dst) => new() { Cron = cron, TimeZone = Berlin, Dst = dst };

    private static ScheduleExplanation Explain(ScheduleSpec spec, string after, int count) =>
        ScheduleExplainer.Explain(spec, Due.JobId, Due.Anchor, Calendars, Due.At(after), count);
}
