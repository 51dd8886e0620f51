using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Tests.Jobs;

namespace Carillon.Scheduling.Tests.Upcoming;

/// <summary>What is due from noon on, of several jobs.</summary>
public sealed class UpcomingRunsTests
{
    private static readonly UpcomingQuery Hour = new(Sample.Noon, Sample.Noon.AddHours(1), 100);

    [Fact]
    public void Entries_of_all_jobs_are_in_the_order_of_time_and_then_of_ids()
    {
        var (page, hasMore) = Take(Hour, Every("b", 1_200), Every("a", 1_200), Every("c", 1_800));

        Assert.False(hasMore);
        Assert.Equal(
            ["a 0", "b 0", "c 0", "a 1200", "b 1200", "c 1800", "a 2400", "b 2400"],
            page.Select(run => $"{run.Job.Id} {(run.At - Sample.Noon).TotalSeconds}"));
        Assert.All(page, run => Assert.Equal((1L, run.At), (run.Count, run.Last)));
    }

    [Fact]
    public void Dense_job_is_one_entry_for_each_stretch_with_a_count()
    {
        var (page, _) = Take(Hour with { From = Sample.At(30), Until = Sample.At(150) }, Every("dense", 1), Every("rare", 100));

        Assert.Equal(TimeSpan.FromMinutes(1), Hour.Fold);
        Assert.Equal(
            [("dense", 30.0, 59.0, 30L), ("dense", 60.0, 119.0, 60L), ("rare", 100.0, 100.0, 1L), ("dense", 120.0, 149.0, 30L)],
            page.Select(run => (run.Job.Id, (run.At - Sample.Noon).TotalSeconds, (run.Last - Sample.Noon).TotalSeconds, run.Count)));
    }

    [Theory]
    [InlineData(1, "00:01:00")]
    [InlineData(2, "00:05:00")]
    [InlineData(24, "00:15:00")]
    [InlineData(100, "01:00:00")]
    [InlineData(2_400, "1.00:00:00")]
    [InlineData(8_000, "1.00:00:00")]
    public void Stretch_grows_with_the_period(int hours, string fold)
    {
        Assert.Equal(fold, new UpcomingQuery(Sample.Noon, Sample.Noon.AddHours(hours), 1).Fold.ToString("c"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Pages_follow_each_other_without_a_gap_or_a_repetition(int limit)
    {
        Job[] jobs = [Every("a", 1), Every("b", 90), Every("c", 600), Every("d", 7_200), Cron("e", "*/7 * * * *")];
        var (whole, _) = Take(Hour with { Limit = 1_000 }, jobs);

        var paged = new List<(string, DateTimeOffset, long)>();
        var query = Hour with { Limit = limit };
        bool hasMore;
        do
        {
            (var page, hasMore) = Take(query, jobs);
            paged.AddRange(page.Select(Named));
            query = query with { After = (page[^1].At, page[^1].Job.Id) };
        }
        while (hasMore && paged.Count <= whole.Count);

        Assert.Equal(whole.Select(Named), paged);
    }

    [Fact]
    public void Job_that_will_not_run_says_why_until_its_pause_ends()
    {
        var paused = Every("paused", 1_200) with { Pause = new Pause("x", "y", Sample.Noon, Sample.At(1_200)) };
        var disabled = Every("disabled", 3_600, d => d with { Enabled = false });
        var upcoming = new UpcomingRuns(Hour, CalendarSet.Empty, new Pause("x", "y", Sample.Noon, Sample.At(1)));
        foreach (var job in new[] { paused, disabled, Every("free", 1_800) })
        {
            upcoming.Add(job, afterEnd: null);
        }

        Assert.Equal(
            ["disabled disabled", "free paused", "paused paused", "paused ", "free ", "paused "],
            upcoming.Take().Page.Select(run => $"{run.Job.Id} {run.SkipReason}"));
    }

    [Fact]
    public void Job_that_follows_its_end_is_there_once_it_is_known_when_it_is_due()
    {
        var upcoming = new UpcomingRuns(Hour, CalendarSet.Empty, schedulerPause: null);
        upcoming.Add(Sample.TenSecondsAfterEnd(), afterEnd: null);
        upcoming.Add(Sample.TenSecondsAfterEnd(d => d with { Id = "known" }), Sample.At(20));

        var run = Assert.Single(upcoming.Take().Page);
        Assert.Equal(("known", Sample.At(20), 1L), Named(run));
        Assert.Equal(1, upcoming.DueJobs);
    }

    [Fact]
    public void Count_of_a_dense_stretch_ends_at_a_thousand()
    {
        var day = new UpcomingQuery(Sample.Noon, Sample.Noon.AddDays(300), 1);

        Assert.Equal(1_000, Assert.Single(Take(day, Cron("dense", "* * * * * *")).Page).Count);
    }

    private static (string, DateTimeOffset, long) Named(UpcomingRun run)
    {
        return (run.Job.Id, run.At, run.Count);
    }

    private static (IReadOnlyList<UpcomingRun> Page, bool HasMore) Take(UpcomingQuery query, params Job[] jobs)
    {
        var upcoming = new UpcomingRuns(query, CalendarSet.Empty, schedulerPause: null);
        foreach (var job in jobs)
        {
            upcoming.Add(job, afterEnd: null);
        }

        return upcoming.Take();
    }

    private static Job Every(string id, int seconds, Func<JobDefinition, JobDefinition>? with = null)
    {
        var schedule = new ScheduleSpec { Every = TimeSpan.FromSeconds(seconds), Start = Sample.Noon };
        return Sample.EveryTenSeconds(d => (with ?? (static x => x))(d with { Id = id, Schedule = schedule }));
    }

    private static Job Cron(string id, string cron)
    {
        return Sample.EveryTenSeconds(d => d with { Id = id, Schedule = new ScheduleSpec { Cron = cron } });
    }
}
