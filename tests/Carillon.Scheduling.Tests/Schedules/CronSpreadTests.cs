using Carillon.Model;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class CronSpreadTests
{
    // Golden: a change of these moves every spread job of every installation.
    [Theory]
    [InlineData("H * * * *", "nightly-report", "2026-01-01 00:28:00")]
    [InlineData("H * * * *", "sync-rates", "2026-01-01 00:20:00")]
    [InlineData("H H * * *", "nightly-report", "2026-01-01 04:28:00")]
    [InlineData("H H H * *", "nightly-report", "2026-01-11 04:28:00")]
    [InlineData("H H * * H", "nightly-report", "2026-01-01 04:28:00")]
    [InlineData("H H * * * *", "nightly-report", "2026-01-01 00:28:12")]
    [InlineData("H/15 * * * *", "nightly-report", "2026-01-01 00:13:00")]
    [InlineData("H(0-29)/10 * * * *", "nightly-report", "2026-01-01 00:08:00")]
    [InlineData("h(30-40) 3 * * *", "nightly-report", "2026-01-01 03:35:00")]
    public void Spread_of_a_job_never_changes(string cron, string jobId, string due)
    {
        var next = new ScheduleSpec { Cron = cron }.Schedule(jobId).Next(Due.Anchor);

        Assert.Equal(due, Due.Text(next!.Value));
    }

    [Fact]
    public void Step_of_a_spread_keeps_its_distance_within_its_range()
    {
        var minutes = new ScheduleSpec { Cron = "H(0-29)/10 * * * *" }.Schedule()
            .From(Due.At("2026-01-01 00:59:59")).Take(3).Select(due => due.Minute).ToArray();

        Assert.InRange(minutes[0], 0, 9);
        Assert.Equal([minutes[0], minutes[0] + 10, minutes[0] + 20], minutes);
    }

    [Fact]
    public void Spread_day_of_month_exists_in_every_month()
    {
        var days = Enumerable.Range(0, 500)
            .Select(job => new ScheduleSpec { Cron = "0 0 H * *" }.Schedule($"job-{job}").Next(Due.Anchor)!.Value.Day)
            .ToHashSet();

        Assert.Equal(Enumerable.Range(1, 28), days.Order());
    }

    [Fact]
    public void Many_jobs_share_the_minutes_of_an_hour_evenly()
    {
        const int Jobs = 6000;
        var byMinute = Enumerable.Range(0, Jobs)
            .Select(job => new ScheduleSpec { Cron = "H * * * *" }.Schedule($"job-{job}"))
            .GroupBy(schedule => schedule.Next(Due.Anchor)!.Value.Minute)
            .Select(minute => minute.Count())
            .ToList();

        Assert.Equal(60, byMinute.Count);

        // Six standard deviations of a binomial count around the mean of 100.
        Assert.All(byMinute, count => Assert.InRange(count, 40, 160));
    }
}
