using Carillon.Model;

namespace Carillon.Metrics.Tests;

public sealed class JobHistoryTests
{
    private readonly Facts _facts = new();

    [Fact]
    public void Execution_waiting_running_and_ended_moves_through_the_books()
    {
        var key = _facts.Plan("a", 0);
        Assert.Equal(new ExecutionCounts { Planned = 1, Open = 1 }, Fold().Counts);

        _facts.StartWaiting(key);
        Assert.Equal(new ExecutionCounts { Planned = 1, Open = 1, Running = 1 }, Fold().Counts);

        _facts.Finish(key, Outcome.Succeeded, 2_500);
        Assert.Equal(
            new ExecutionCounts { Planned = 1, Outcomes = new OutcomeCounts { Succeeded = 1 }, Durations = 1, DurationMicroseconds = 2_500 },
            Fold().Counts);
    }

    [Fact]
    public void Attempt_planned_and_started_at_once_counts_as_both()
    {
        _facts.Begin("a", 0);

        Assert.Equal(new ExecutionCounts { Planned = 1, Open = 1, Running = 1 }, Fold().Counts);
    }

    [Theory]
    [InlineData(Outcome.Succeeded, 1, 0)]
    [InlineData(Outcome.Failed, 0, 1)]
    [InlineData(Outcome.TimedOut, 0, 1)]
    [InlineData(Outcome.Lost, 0, 1)]
    [InlineData(Outcome.Cancelled, 0, 0)]
    public void Outcome_counts_as_success_failure_or_neither(Outcome outcome, long success, long failure)
    {
        _facts.Run("a", 0, outcome, 1);

        var counts = Fold().Counts;
        Assert.Equal(success, counts.Outcomes.Succeeded);
        Assert.Equal(failure, counts.Outcomes.Failure);
        Assert.Equal(success + failure, counts.Outcomes.TotalRuns);
        Assert.Equal(1, counts.Outcomes.Of(outcome));
        Assert.Equal(0, counts.Open);
    }

    [Fact]
    public void Retries_count_started_attempts_beyond_the_first_and_the_execution_once()
    {
        _facts.Finish(_facts.Begin("a", 0), Outcome.Failed, 1_000, final: false);
        var second = _facts.Plan("a", 0, attempt: 2);
        Assert.Equal(0, Fold().Counts.Retries);

        _facts.StartWaiting(second);
        _facts.Finish(second, Outcome.TimedOut, 2_000, final: false);
        _facts.Finish(_facts.Begin("a", 0, attempt: 3), Outcome.Succeeded, 6_000);

        var counts = Fold().Counts;
        Assert.Equal(
            new ExecutionCounts
            {
                Planned = 1,
                Outcomes = new OutcomeCounts { Succeeded = 1 },
                Retries = 2,
                Durations = 3,
                DurationMicroseconds = 9_000,
            },
            counts);
        Assert.Equal(3_000, counts.AverageMicroseconds);
        Assert.Equal(1, counts.Outcomes.TotalRuns);
    }

    [Fact]
    public void Attempt_cancelled_while_it_waited_has_no_duration_and_is_no_run()
    {
        _facts.Finish(_facts.Plan("a", 0), Outcome.Cancelled, 5_000, hadStarted: false);

        var statistics = Statistics(Fold());
        Assert.Equal(new ExecutionCounts { Planned = 1, Outcomes = new OutcomeCounts { Cancelled = 1 } }, statistics.Counts);
        Assert.Equal(0, statistics.Window.Count);
        Assert.Null(statistics.LastDurationMicroseconds);
        Assert.Null(statistics.Counts.Outcomes.SuccessRate);
        Assert.Equal(Outcome.Cancelled, statistics.LastOutcome);
    }

    [Fact]
    public void Negative_duration_counts_as_zero()
    {
        _facts.Run("a", 0, Outcome.Succeeded, -5);

        var statistics = Statistics(Fold());
        Assert.Equal(0, statistics.Counts.DurationMicroseconds);
        Assert.Equal(0, statistics.LastDurationMicroseconds);
        Assert.Equal(1, statistics.Durations.Counts[0]);
    }

    [Fact]
    public void Stretch_that_grows_counts_only_its_growth()
    {
        _facts.NotRun("a", 1, 3, 3);
        _facts.NotRun("a", 1, 7, 7);
        _facts.NotRun("a", 10, 10, 1, Outcome.Misfired);
        _facts.NotRun("a", 10, 12, 2, Outcome.Misfired);

        var history = Fold();
        Assert.Equal(new ExecutionCounts { Planned = 9, Outcomes = new OutcomeCounts { Skipped = 7, Misfired = 2 } }, history.Counts);
        Assert.Equal(Facts.At(12), history.PlannedThrough);
        Assert.Null(Statistics(history).LastOutcome);
    }

    [Fact]
    public void Planned_through_follows_the_schedule_and_not_manual_triggers()
    {
        _facts.Plan("a", 5);
        _facts.Plan("a", 90, trigger: TriggerKind.Manual);
        _facts.Plan("a", 3);

        Assert.Equal(Facts.At(5), Fold().PlannedThrough);
    }

    [Fact]
    public void Consecutive_failures_count_executions_and_end_with_a_success()
    {
        _facts.Run("a", 0, Outcome.Succeeded, 1);
        _facts.Run("a", 1, Outcome.Failed, 1);
        _facts.Run("a", 2, Outcome.Lost, null);
        _facts.Run("a", 3, Outcome.Cancelled, 1);
        _facts.Finish(_facts.Begin("a", 4), Outcome.Failed, 1, final: false);
        Assert.Equal(2, Statistics(Fold()).ConsecutiveFailures);

        _facts.Finish(_facts.Begin("a", 4, attempt: 2), Outcome.Succeeded, 1);
        Assert.Equal(0, Statistics(Fold()).ConsecutiveFailures);
    }

    [Fact]
    public void What_was_last_is_that_of_the_newest_finished_attempt()
    {
        _facts.Run("a", 0, Outcome.Succeeded, 10);
        var succeeded = _facts.All[^1].At;
        _facts.Run("a", 1, Outcome.Failed, 20, "no route to host");

        var failed = Statistics(Fold());
        Assert.Equal(Outcome.Failed, failed.LastOutcome);
        Assert.Equal("no route to host", failed.LastError);
        Assert.Equal(20, failed.LastDurationMicroseconds);
        Assert.Equal(_facts.All[^1].At, failed.LastFinishedAt);
        Assert.Equal(succeeded, failed.LastSuccessAt);

        _facts.Run("a", 2, Outcome.Succeeded, 30);
        Assert.Null(Statistics(Fold()).LastError);
    }

    [Fact]
    public void Durations_are_counted_by_bucket_and_summed_exactly()
    {
        _facts.Run("a", 0, Outcome.Succeeded, 1_000);
        _facts.Run("a", 1, Outcome.Failed, 1_001);
        _facts.Run("a", 2, Outcome.Succeeded, 90_000_000_000);

        var durations = Statistics(Fold()).Durations;
        Assert.Equal(3, durations.Count);
        Assert.Equal([1, 1], durations.Counts.Take(2));
        Assert.Equal(1, durations.Counts[^1]);
        Assert.Equal(90_000_002_001, durations.SumMicroseconds);
    }

    [Fact]
    public void Fact_about_an_execution_that_the_job_does_not_know_changes_nothing()
    {
        var history = new JobHistory("a", 0, "billing", 10);
        var unknown = new AttemptKey("a", Facts.At(0), 1);
        _facts.StartWaiting(unknown);
        _facts.Finish(unknown, Outcome.Succeeded, 1);
        _facts.Finish(unknown, Outcome.Cancelled, hadStarted: false);
        _facts.Begin("a", 0, attempt: 2);

        Assert.All(_facts.All, fact => Assert.False(history.Fold(fact)));
        Assert.Equal(default, history.Counts);
        Assert.Equal(0, history.ThroughNo);
    }

    [Fact]
    public void Facts_that_are_not_about_occurrences_change_nothing()
    {
        var history = new JobHistory("a", 0, "billing", 10);
        _facts.Save("a");
        _facts.Delete("a");
        _facts.Add(new SaveSnapshot(new HistorySnapshot("a", 1, 1, null, default)));

        Assert.All(_facts.All, fact => Assert.False(history.Fold(fact)));
        Assert.Equal(0, history.ThroughNo);
    }

    [Fact]
    public void Books_over_random_facts_balance_at_every_moment_and_match_a_recount()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new RandomFacts(seed, ["a"]);
            var history = new JobHistory("a", 0, "billing", 50);
            for (var step = 0; step < 400; step++)
            {
                random.Step();
                foreach (var fact in random.Facts.Take())
                {
                    history.Fold(fact);
                    AssertBalanced(history.Counts);
                }
            }

            AssertRecounted(random.Facts.All, history);
        }
    }

    private static void AssertBalanced(ExecutionCounts counts)
    {
        Assert.Equal(counts.Planned, Enum.GetValues<Outcome>().Sum(counts.Outcomes.Of) + counts.Open);
        Assert.InRange(counts.Running, 0, counts.Open);
    }

    private static void AssertRecounted(IReadOnlyList<ShardEvent> facts, JobHistory history)
    {
        var writes = facts.Select(static fact => fact.Write).ToList();
        var finished = writes.OfType<FinishAttempt>().ToList();
        var stretches = writes.OfType<SaveOccurrenceRun>()
            .GroupBy(static save => save.Run.From)
            .Select(static versions => versions.Last().Run)
            .ToList();
        var plans = writes.OfType<PlanAttempt>().Select(static plan => plan.Attempt).ToList();
        var durations = finished.Where(static f => f.HadStarted)
            .Select(static f => f.Result.DurationMicroseconds).OfType<long>().ToList();
        var counts = history.Counts;

        var occurrences = plans.Count(static plan => plan.Key.Attempt == 1);
        Assert.Equal(occurrences + stretches.Sum(static stretch => stretch.Count), counts.Planned);
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            var ended = finished.Count(f => f.Result.Final && f.Result.Outcome == outcome);
            var notRun = stretches.Where(stretch => stretch.Outcome == outcome).Sum(static stretch => stretch.Count);
            Assert.Equal(ended + notRun, counts.Outcomes.Of(outcome));
        }

        var retries = plans.Count(static plan => plan.Key.Attempt > 1 && plan.StartedAt is not null)
            + writes.OfType<StartAttempt>().Count(static start => start.Key.Attempt > 1);
        Assert.Equal(retries, counts.Retries);
        Assert.Equal(durations.Count, counts.Durations);
        Assert.Equal(durations.Sum(), counts.DurationMicroseconds);
        Assert.Equal(Math.Min(50, durations.Count), Statistics(history).Window.Count);
        Assert.Equal(durations.Count, Statistics(history).Durations.Count);
        Assert.Equal(durations.TakeLast(50).Max(), Statistics(history).Window.Max);
    }

    private static JobStatistics Statistics(JobHistory history)
    {
        return history.Statistics(Facts.Job(history.JobId).Definition, null);
    }

    private JobHistory Fold()
    {
        var history = new JobHistory("a", 0, "billing", 1_000);
        foreach (var fact in _facts.All)
        {
            Assert.True(history.Fold(fact));
        }

        return history;
    }
}
