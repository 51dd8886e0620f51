using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class OccurrencePlannerTests
{
    [Fact]
    public void Occurrence_that_is_not_due_is_the_next_one()
    {
        var decision = Decide(Sample.EveryTenSeconds(), through: 0, now: 9.9);

        Assert.Equal(new PlanDecision([], Sample.At(0), Run: null, Next: Sample.At(10)), decision, Same);
    }

    [Fact]
    public void Due_occurrence_runs()
    {
        var decision = Decide(Sample.EveryTenSeconds(), through: 0, now: 10);

        Assert.Equal(new PlanDecision([], Sample.At(0), Run: Sample.At(10), Next: Sample.At(10)), decision, Same);
    }

    [Fact]
    public void Ended_schedule_has_no_next_occurrence()
    {
        var job = Sample.EveryTenSeconds(d => d with { Schedule = d.Schedule with { End = Sample.At(10) } });

        Assert.Equal(new PlanDecision([], Sample.At(0), Run: null, Next: null), Decide(job, through: 0, now: 100), Same);
    }

    [Theory]
    [InlineData(false, "disabled")]
    [InlineData(true, "paused")]
    public void Occurrences_of_a_job_that_stands_still_become_one_stretch(bool enabled, string reason)
    {
        var job = Sample.EveryTenSeconds(d => d with { Enabled = enabled }) with { Pause = new Pause("repairs", "anna", Sample.Noon) };

        var decision = Decide(job, through: 0, now: 35);

        Assert.Equal([Stretch(10, 30, 3, Outcome.Skipped, reason)], decision.NotRun);
        Assert.Equal((Sample.At(30), null, Sample.At(40)), (decision.Through, decision.Run, decision.Next));
    }

    [Fact]
    public void Occurrences_that_fell_due_during_a_run_are_skipped_while_it_goes_on()
    {
        var busy = new BusyPeriod(1, OpenSince: Sample.At(10));

        var decision = Decide(Sample.EveryTenSeconds(), through: 10, now: 31, busy);

        Assert.Equal([Stretch(20, 30, 2, Outcome.Skipped, "overlap")], decision.NotRun);
        Assert.Null(decision.Run);
    }

    [Fact]
    public void Occurrences_that_fell_due_during_the_last_run_are_skipped_after_it()
    {
        var busy = new BusyPeriod(0, Past: [(Sample.At(10), Sample.At(30))]);

        var decision = Decide(Sample.EveryTenSeconds(), through: 10, now: 30, busy);

        Assert.Equal([Stretch(20, 20, 1, Outcome.Skipped, "overlap")], decision.NotRun);
        Assert.Equal(Sample.At(30), decision.Run);
    }

    [Fact]
    public void Delay_counts_from_the_last_end()
    {
        var busy = new BusyPeriod(0, OpenSince: null, LastEnd: Sample.At(17.5));

        var early = Decide(Sample.TenSecondsAfterEnd(), through: 10, now: 27, busy);
        var due = Decide(Sample.TenSecondsAfterEnd(), through: 10, now: 27.5, busy);

        Assert.Equal((null, Sample.At(27.5)), (early.Run, early.Next));
        Assert.Equal(Sample.At(27.5), due.Run);
    }

    [Fact]
    public void Delay_has_nothing_due_while_an_execution_is_open()
    {
        var busy = new BusyPeriod(1, OpenSince: Sample.At(10), LastEnd: Sample.At(1));

        var decision = Decide(Sample.TenSecondsAfterEnd(), through: 10, now: 1000, busy);

        Assert.Equal(new PlanDecision([], Sample.At(10), Run: null, Next: null), decision, Same);
    }

    [Fact]
    public void Delay_without_a_known_end_counts_from_the_last_occurrence()
    {
        Assert.Equal(Sample.At(20), Decide(Sample.TenSecondsAfterEnd(), through: 10, now: 15).Next);
    }

    [Fact]
    public void Delay_that_is_over_for_long_runs_once_and_misfires_nothing()
    {
        var decision = Decide(Sample.TenSecondsAfterEnd(), through: 10, now: 5000);

        Assert.Empty(decision.NotRun);
        Assert.Equal(Sample.At(20), decision.Run);
    }

    [Fact]
    public void Delay_of_a_paused_job_is_skipped_at_its_period()
    {
        var job = Sample.TenSecondsAfterEnd() with { Pause = new Pause("repairs", "anna", Sample.Noon) };

        Assert.Equal([Stretch(20, 40, 3, Outcome.Skipped, "paused")], Decide(job, through: 10, now: 45).NotRun);
    }

    [Fact]
    public void Occurrence_that_fell_due_before_a_run_began_waits_for_its_end()
    {
        var busy = new BusyPeriod(1, OpenSince: Sample.At(25));

        var decision = Decide(Sample.EveryTenSeconds(), through: 10, now: 26, busy);

        Assert.Equal(new PlanDecision([], Sample.At(10), Run: null, Next: Sample.At(20)), decision, Same);
    }

    [Fact]
    public void Queued_overlap_waits_for_room_and_is_not_skipped()
    {
        var job = Sample.EveryTenSeconds(d => d with { Overlap = OverlapPolicy.Queue });

        var during = Decide(job, through: 10, now: 25, new BusyPeriod(1, OpenSince: Sample.At(10)));
        var after = Decide(job, through: 10, now: 26, new BusyPeriod(0, Past: [(Sample.At(10), Sample.At(26))]));

        Assert.Equal(new PlanDecision([], Sample.At(10), Run: null, Next: Sample.At(20)), during, Same);
        Assert.Equal(new PlanDecision([], Sample.At(10), Run: Sample.At(20), Next: Sample.At(20)), after, Same);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Allowed_overlap_runs_beside_others_up_to_the_limit(int open, bool runs)
    {
        var job = Sample.EveryTenSeconds(d => d with { Overlap = OverlapPolicy.Allow, MaxConcurrent = 2 });

        var decision = Decide(job, through: 10, now: 20, new BusyPeriod(open, OpenSince: Sample.At(10)));

        Assert.Equal(runs ? Sample.At(20) : null, decision.Run);
        Assert.Empty(decision.NotRun);
    }

    [Theory]
    [InlineData(70, 10)] // the first is exactly a grace late: all are on time
    [InlineData(71, 20)]
    public void Late_occurrence_within_its_grace_runs_in_its_turn(double now, double expected)
    {
        var decision = Decide(Sample.EveryTenSeconds(), through: 0, now);

        Assert.Equal(Sample.At(expected), decision.Run);
    }

    [Fact]
    public void Only_the_newest_missed_occurrence_is_made_up_for_by_default()
    {
        var job = Sample.EveryTenSeconds(d => d with { Grace = TimeSpan.Zero });

        var decision = Decide(job, through: 0, now: 45);

        Assert.Equal([Stretch(10, 30, 3, Outcome.Misfired, "grace")], decision.NotRun);
        Assert.Equal((Sample.At(30), Sample.At(40)), (decision.Through, decision.Run));
    }

    [Fact]
    public void Every_missed_occurrence_is_made_up_for_where_the_job_says_so()
    {
        var job = Sample.EveryTenSeconds(d => d with { Grace = TimeSpan.Zero, Misfire = MisfirePolicy.RunAll });

        var decision = Decide(job, through: 0, now: 45);

        Assert.Equal(new PlanDecision([], Sample.At(0), Run: Sample.At(10), Next: Sample.At(10)), decision, Same);
    }

    [Fact]
    public void No_missed_occurrence_is_made_up_for_where_the_job_says_so()
    {
        var job = Sample.EveryTenSeconds(d => d with { Grace = TimeSpan.Zero, Misfire = MisfirePolicy.Skip });

        var decision = Decide(job, through: 0, now: 45);

        Assert.Equal([Stretch(10, 40, 4, Outcome.Misfired, "grace")], decision.NotRun);
        Assert.Equal((null, Sample.At(50)), (decision.Run, decision.Next));
    }

    [Fact]
    public void Stretches_are_apart_where_the_reason_changes()
    {
        var job = Sample.EveryTenSeconds(d => d with { Grace = TimeSpan.FromSeconds(5), Misfire = MisfirePolicy.Skip });
        var busy = new BusyPeriod(0, Past: [(Sample.At(20), Sample.At(40))]);

        var decision = Decide(job, through: 0, now: 46, busy);

        Assert.Equal(
            [
                Stretch(10, 10, 1, Outcome.Misfired, "grace"),
                Stretch(20, 30, 2, Outcome.Skipped, "overlap"),
                Stretch(40, 40, 1, Outcome.Misfired, "grace"),
            ],
            decision.NotRun);
    }

    [Fact]
    public void Long_stand_still_of_a_cron_job_is_decided_in_bounded_steps()
    {
        var job = Sample.EveryTenSeconds(d => d with { Enabled = false, Schedule = new ScheduleSpec { Cron = "*/10 * * * * *" } });
        var now = OccurrencePlanner.MaxVisits * 10 * 2.5;

        var first = Decide(job, through: 0, now);
        var second = OccurrencePlanner.Decide(job, job.Schedule(), first.Through, Sample.At(now), default);
        var third = OccurrencePlanner.Decide(job, job.Schedule(), second.Through, Sample.At(now), default);

        Assert.Equal([true, true, false], new[] { first, second, third }.Select(d => d.HasMore));
        Assert.Equal([4_000, 4_000, 2_000], new[] { first, second, third }.Select(d => d.NotRun.Sum(r => r.Count)));
        Assert.Equal((Sample.At(now), Sample.At(now + 10)), (third.Through, third.Next));
    }

    [Fact]
    public void Year_of_a_fixed_rate_is_decided_about_in_one_step()
    {
        var schedule = new ScheduleSpec { Every = TimeSpan.FromMilliseconds(1), Jitter = TimeSpan.FromMicroseconds(500) };
        var job = Sample.EveryTenSeconds(d => d with { Schedule = schedule });
        job = job with { Pause = new Pause("repairs", "anna", Sample.Noon) };

        var decision = Decide(job, through: 0, now: 365 * 86_400);

        Assert.Equal(365L * 86_400_000, Assert.Single(decision.NotRun).Count, tolerance: 1);
        Assert.False(decision.HasMore);
    }

    [Fact]
    public void Pause_that_ends_by_itself_keeps_back_what_falls_due_before_its_end()
    {
        var job = Sample.EveryTenSeconds() with { Pause = new Pause("repairs", "anna", Sample.At(15), Sample.At(40)) };

        var during = Decide(job, through: 10, now: 35);
        var after = Decide(job, through: 0, now: 45);

        Assert.Equal([Stretch(20, 30, 2, Outcome.Skipped, "paused")], during.NotRun);
        Assert.Equal((Sample.At(10), true), (after.Run!.Value, after.NotRun.Count == 0)); // it fell due before the pause
        Assert.Equal([Stretch(20, 30, 2, Outcome.Skipped, "paused")], Decide(job, through: 10, now: 45).NotRun);
        Assert.Equal(Sample.At(40), Decide(job, through: 10, now: 45).Run);
    }

    [Fact]
    public void Pause_of_the_scheduler_keeps_back_the_occurrences_of_every_job()
    {
        var job = Sample.EveryTenSeconds();

        var decision = OccurrencePlanner.Decide(
            job, job.Schedule(), Sample.At(0), Sample.At(25), default, new Pause("move", "anna", Sample.At(15)));

        Assert.Equal([Stretch(10, 20, 2, Outcome.Skipped, "paused")], decision.NotRun);
        Assert.Null(decision.Run);
    }

    [Fact]
    public void Newest_due_occurrence_takes_the_place_of_earlier_ones_under_cancel_previous()
    {
        var job = Sample.EveryTenSeconds(d => d with { Overlap = OverlapPolicy.CancelPrevious });

        var free = Decide(job, through: 0, now: 35);
        var busy = Decide(job, through: 0, now: 35, new BusyPeriod(1, OpenSince: Sample.At(2), NewestDueAt: Sample.At(0)));
        var triggered = Decide(job, through: 0, now: 35, new BusyPeriod(1, NewestDueAt: Sample.At(30)));

        Assert.Equal([Stretch(10, 20, 2, Outcome.Skipped, "replaced")], free.NotRun);
        Assert.Equal(Sample.At(30), free.Run);
        Assert.Equal([Stretch(10, 20, 2, Outcome.Skipped, "replaced")], busy.NotRun);
        Assert.Equal((null, Sample.At(30)), (busy.Run, busy.Next));
        Assert.Equal([Stretch(10, 30, 3, Outcome.Skipped, "replaced")], triggered.NotRun);
    }

    [Theory]
    [InlineData("every")]
    [InlineData("cron")]
    public void Backlog_beyond_its_bound_keeps_its_newest_occurrences(string kind)
    {
        var job = Sample.EveryTenSeconds(d => d with
        {
            Misfire = MisfirePolicy.RunAll,
            Grace = TimeSpan.FromSeconds(11_000), // of the 1,300 that are due, 199 are later
            Schedule = kind is "cron" ? new ScheduleSpec { Cron = "*/10 * * * * *" } : d.Schedule,
        });

        var decision = Decide(job, through: 0, now: 13_000);

        Assert.Equal(
            [Stretch(10, 1_990, 199, Outcome.Misfired, "backlog"), Stretch(2_000, 4_000, 201, Outcome.Skipped, "backlog")],
            decision.NotRun);
        Assert.Equal(Sample.At(4_010), decision.Run);
    }

    [Theory]
    [InlineData("every")]
    [InlineData("cron")]
    public void Backlog_within_its_bound_is_kept_whole(string kind)
    {
        var job = Sample.EveryTenSeconds(d => d with
        {
            Misfire = MisfirePolicy.RunAll,
            Schedule = kind is "cron" ? new ScheduleSpec { Cron = "*/10 * * * * *" } : d.Schedule,
        });

        var decision = Decide(job, through: 0, now: 10_000);

        Assert.Empty(decision.NotRun);
        Assert.Equal(Sample.At(10), decision.Run);
    }

    /// <summary>The rules that reach over whole stretches against a walk from occurrence to occurrence.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Decision_is_that_of_a_walk_over_every_occurrence(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var now = random.Next(1, 40_000) / 10.0;
            var job = RandomJob(random) with { Pause = RandomPause(random, now) };
            var all = RandomPause(random, now);
            var busy = RandomBusy(random, now);
            var through = random.NextDouble() * now;

            var decision = OccurrencePlanner.Decide(job, job.Schedule(), Sample.At(through), Sample.At(now), busy, all);

            var walk = new DecisionWalk(job, Sample.At(now), busy, all).From(Sample.At(through));
            Assert.Equal(walk, decision, Same);
        }
    }

    /// <summary>Whatever the policies and the moments of decision: what is decided is every occurrence once, in order.</summary>
    [Fact]
    public void Every_occurrence_is_decided_about_exactly_once()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 500; round++)
        {
            var job = RandomJob(random);
            job = job with { Definition = job.Definition with { Enabled = true, Schedule = Sample.EveryTenSeconds().Definition.Schedule } };
            var through = Sample.At(0);
            var now = 0.0;
            long decided = 0;
            (DateTimeOffset From, DateTimeOffset To)? last = null;
            for (var step = 0; step < 50; step++)
            {
                now += random.NextDouble() * 40;
                var decision = OccurrencePlanner.Decide(job, job.Schedule(), through, Sample.At(now), new BusyPeriod(0, Past: last is { } past ? [past] : null));

                Assert.All(decision.NotRun, r => Assert.Equal(r.Count, ((r.To - r.From) / TimeSpan.FromSeconds(10)) + 1));
                decided += decision.NotRun.Sum(r => r.Count);
                through = decision.Through;
                if (decision.Run is { } run)
                {
                    decided++;
                    through = run;
                    last = (Sample.At(now), Sample.At(now += random.NextDouble() * 40));
                }

                Assert.Equal(decided, (long)((through - Sample.Noon) / TimeSpan.FromSeconds(10)));
            }
        }
    }

    private static Job RandomJob(Random random)
    {
        return Sample.EveryTenSeconds(d => d with
        {
            Enabled = random.Next(10) > 0,
            Grace = TimeSpan.FromSeconds(random.Next(30)),
            Misfire = random.GetItems(Enum.GetValues<MisfirePolicy>(), 1)[0],
            Overlap = random.GetItems(Enum.GetValues<OverlapPolicy>(), 1)[0],
            Schedule = random.Next(3) switch
            {
                0 => new ScheduleSpec { Cron = "*/10 * * * * *" },
                1 => d.Schedule with { Jitter = TimeSpan.FromSeconds(9) },
                _ => d.Schedule,
            },
        });
    }

    private static Pause? RandomPause(Random random, double now)
    {
        var at = random.NextDouble() * now;
        DateTimeOffset? until = random.Next(3) > 0 ? Sample.At(at + (random.NextDouble() * now)) : null;
        return random.Next(2) == 0 ? new Pause("chance", "chance", Sample.At(at), until) : null;
    }

    private static BusyPeriod RandomBusy(Random random, double now)
    {
        DateTimeOffset? Some() => random.Next(2) == 0 ? Sample.At(random.NextDouble() * now) : null;
        (DateTimeOffset, DateTimeOffset)[] past = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Sample.At(random.NextDouble() * now)).Select(from => (from, from.AddSeconds(random.Next(100))))];
        return new BusyPeriod(random.Next(2), Some(), past, Some());
    }

    private static PlanDecision Decide(Job job, double through, double now, BusyPeriod busy = default)
    {
        return OccurrencePlanner.Decide(job, job.Schedule(), Sample.At(through), Sample.At(now), busy);
    }

    private static OccurrenceRun Stretch(double from, double to, long count, Outcome outcome, string reason)
    {
        return new OccurrenceRun(Sample.JobId, Sample.At(from), Sample.At(to), count, outcome, reason);
    }

    private static bool Same(PlanDecision one, PlanDecision other)
    {
        return one.NotRun.SequenceEqual(other.NotRun) && one with { NotRun = [] } == other with { NotRun = [] };
    }
}
