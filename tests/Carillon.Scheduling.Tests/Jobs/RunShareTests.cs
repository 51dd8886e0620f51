using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class RunShareTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly ISchedule EveryMinute = ScheduleFactory.Create(new ScheduleSpec { Every = TimeSpan.FromMinutes(1) }, "a", Noon);

    [Theory]
    [InlineData(-60, 60, 11)]
    [InlineData(0, 10, 10)]
    [InlineData(0, 11, 11)]
    [InlineData(3, 60, 8)]
    [InlineData(3, 5, 2)]
    [InlineData(11, 60, 0)]
    [InlineData(-60, 0, 0)]
    public void Share_is_what_the_schedule_has_in_the_period(int from, int to, long expected)
    {
        var run = new OccurrenceRun("a", Noon, Noon.AddMinutes(10), 11, Outcome.Skipped, "paused");

        Assert.Equal(expected, RunShare.Of(run, Noon.AddMinutes(from), Noon.AddMinutes(to), EveryMinute));
    }

    [Fact]
    public void Share_of_a_schedule_that_is_another_one_by_now_is_spread_evenly()
    {
        var run = new OccurrenceRun("a", Noon, Noon.AddMinutes(10), 100, Outcome.Skipped, "paused");

        Assert.Equal(50, RunShare.Of(run, Noon.AddMinutes(5), Noon.AddMinutes(60), EveryMinute));
        Assert.Equal(50, RunShare.Of(run, Noon.AddMinutes(5), Noon.AddMinutes(60), schedule: null));
        Assert.Equal(100, RunShare.Of(run, Noon, Noon.AddMinutes(60), schedule: null));
    }
}
