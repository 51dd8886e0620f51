using Carillon.Model;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class JitteredScheduleTests
{
    public static TheoryData<ScheduleSpec> Schedules => new()
    {
        new ScheduleSpec { Every = TimeSpan.FromMinutes(1), Jitter = TimeSpan.FromSeconds(59.999999) },
        new ScheduleSpec { Every = TimeSpan.FromMilliseconds(1), Jitter = TimeSpan.FromMicroseconds(900) },
        new ScheduleSpec { Cron = "0 9 * * 1-5", Jitter = TimeSpan.FromMinutes(30), TimeZone = "Europe/Berlin" },
        new ScheduleSpec { Cron = "*/7 * * * * *", Jitter = TimeSpan.FromDays(1) },
        new ScheduleSpec { Cron = "* 3 * * *", Jitter = TimeSpan.FromHours(20) },
        new ScheduleSpec { QuartzCron = "0 0 0 ? * 2", Jitter = TimeSpan.FromTicks(15) },
    };

    // Golden: a change of these moves every jittered job of every installation.
    [Fact]
    public void Amount_of_an_occurrence_never_changes()
    {
        var spec = new ScheduleSpec { Cron = "0 9 * * *", Jitter = TimeSpan.FromHours(1) };

        Assert.Equal(
            ["2026-01-01 09:16:37.027226", "2026-01-02 09:24:48.915429", "2026-01-03 09:41:27.067446"],
            spec.After("2026-01-01 00:00:00", 3));
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Each_occurrence_moves_later_by_less_than_the_jitter_and_stays_before_its_successor(ScheduleSpec spec)
    {
        var unmoved = (spec with { Jitter = TimeSpan.Zero }).Schedule().From(Due.Anchor).Take(501).ToList();
        var moved = spec.Schedule().From(unmoved[0].AddTicks(-1)).SkipWhile(due => due < unmoved[0]).Take(500).ToList();

        Assert.All(moved, (due, i) => Assert.InRange(due, unmoved[i], unmoved[i + 1].AddTicks(-1)));
        Assert.All(moved, (due, i) => Assert.True(due - unmoved[i] < spec.Jitter));
        Assert.All(moved, due => Assert.Equal(0, due.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Next_does_not_depend_on_where_the_question_comes_from(ScheduleSpec spec)
    {
        var schedule = spec.Schedule();
        var due = schedule.From(Due.Anchor).Take(200).ToList();
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var after = Due.Anchor.AddTicks(random.NextInt64((due[^1] - Due.Anchor).Ticks));

            Assert.Equal(due.First(occurrence => occurrence > after), schedule.Next(after));
        }
    }

    [Fact]
    public void Jobs_with_the_same_schedule_spread_over_the_jitter()
    {
        var spec = new ScheduleSpec { Cron = "0 9 * * *", Jitter = TimeSpan.FromMinutes(10) };
        var byMinute = Enumerable.Range(0, 1000)
            .GroupBy(job => spec.Schedule($"job-{job}").Next(Due.Anchor)!.Value.Minute)
            .ToDictionary(minute => minute.Key, minute => minute.Count());

        Assert.Equal(Enumerable.Range(0, 10), byMinute.Keys.Order());

        // Six standard deviations of a binomial count around the mean of 100.
        Assert.All(byMinute.Values, count => Assert.InRange(count, 43, 157));
    }

    [Fact]
    public void Moved_occurrence_stays_before_the_end()
    {
        var spec = new ScheduleSpec { At = Due.At("2026-05-01 10:00:00"), Jitter = TimeSpan.FromHours(1) };
        var unbounded = Enumerable.Range(0, 100).Select(job => spec.Schedule($"job-{job}").Next(Due.Anchor)!.Value);
        var end = Due.At("2026-05-01 10:00:02");
        var bounded = Enumerable.Range(0, 100)
            .Select(job => (spec with { End = end }).Schedule($"job-{job}").Next(Due.Anchor)!.Value);

        Assert.Contains(unbounded, due => due >= end);
        Assert.All(bounded, due => Assert.InRange(due, spec.At!.Value, end.AddTicks(-1)));
    }

    [Fact]
    public void Moved_one_off_runs_once()
    {
        var spec = new ScheduleSpec { At = Due.At("2026-05-01 10:00:00"), Jitter = TimeSpan.FromHours(1) };
        var schedule = spec.Schedule();

        var due = Assert.Single(schedule.From(Due.Anchor));
        Assert.Equal(due, schedule.Next(due.AddTicks(-1)));
        Assert.InRange(due, Due.At("2026-05-01 10:00:00.000001"), Due.At("2026-05-01 10:59:59.999999"));
    }

    [Fact]
    public void Next_at_the_ends_of_time_has_an_answer()
    {
        var spec = new ScheduleSpec { At = DateTimeOffset.MaxValue, Jitter = TimeSpan.FromDays(1) };

        Assert.Equal("9999-12-31 23:59:59.999999", Due.Text(spec.Schedule().Next(DateTimeOffset.MinValue)!.Value));
        Assert.Null(spec.Schedule().Next(DateTimeOffset.MaxValue));
    }
}
