using System.Text.Json;
using Carillon.Model;

namespace Carillon.Metrics.Tests;

public sealed class ShardHistoryTests
{
    private readonly Facts _facts = new();
    private readonly TestStore _store = new();

    [Fact]
    public void New_job_is_shown_with_zeros_and_not_saved()
    {
        var history = Empty();
        _facts.Save("a", "billing", "ops", "Nightly");
        Fold(history);

        Assert.Empty(history.TakeAll());
        var job = Assert.Single(history.Part().Jobs);
        Assert.Equal(
            new JobStatistics { JobId = "a", JobName = "Nightly", Owner = "ops", Category = "billing" }, job);
    }

    [Fact]
    public void Job_is_saved_again_after_the_given_number_of_facts()
    {
        var history = Empty(new HistoryOptions { SnapshotEvents = 4 });
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Succeeded, 1);
        _facts.Begin("a", 1);
        Fold(history);
        Assert.Empty(history.TakeDue());

        _facts.Begin("a", 2);
        Fold(history);
        Assert.Equal(5, Assert.Single(Saves(history.TakeDue())).ThroughNo);
        Assert.Empty(history.TakeDue());
        Assert.Empty(history.TakeAll());
    }

    [Fact]
    public void Job_with_new_facts_is_saved_when_they_have_waited_for_the_interval()
    {
        var history = Empty();
        _facts.Save("a");
        _facts.Save("b");
        Fold(history);
        history.TakeDue();
        _facts.Begin("a", 0);
        Fold(history);
        var since = _facts.Now;

        Assert.Empty(history.TakeOverdue(since.AddMinutes(5).AddTicks(-1)));
        Assert.Equal("a", Assert.Single(Saves(history.TakeOverdue(since.AddMinutes(5)))).JobId);
        Assert.Empty(history.TakeOverdue(since.AddMinutes(60)));
    }

    [Fact]
    public void Step_that_was_not_recorded_is_overdue_again()
    {
        var history = Empty();
        _facts.Save("a");
        _facts.Begin("a", 0);
        Fold(history);

        history.NotSaved(Assert.Single(history.TakeAll()));

        Assert.Empty(history.TakeDue());
        Assert.Equal("a", Assert.Single(Saves(history.TakeOverdue(_facts.Now))).JobId);
    }

    [Fact]
    public void Many_histories_are_saved_in_bounded_steps()
    {
        var history = Empty();
        for (var i = 0; i < 450; i++)
        {
            _facts.Save($"job-{i}");
            _facts.Begin($"job-{i}", 0);
        }

        Fold(history);

        // Each job is a snapshot with its minute and its hour, and they stay together.
        var steps = history.TakeAll();
        Assert.All(steps, static step => Assert.InRange(step.Count, 1, 200));
        Assert.All(steps, static step => Assert.All(step.Chunk(3), static job => Assert.Single(job.Select(static write => write.JobId).Distinct())));
        Assert.Equal(1_350, steps.Sum(static step => step.Count));
    }

    [Fact]
    public void Deleted_job_leaves_its_books_and_lags_and_totals_do_not_move()
    {
        var history = Empty();
        _facts.Save("a", "billing");
        _facts.Save("b", "reports");
        _facts.Finish(_facts.Begin("a", 0, lag: 0.002, cause: WaitCause.Queue), Outcome.Failed, 500);
        _facts.Begin("a", 1);
        _facts.Run("b", 1, Outcome.Succeeded, 700);
        Fold(history);
        var before = Totals(history.Part());
        history.TakeDue();

        _facts.Delete("a");
        Fold(history);

        var part = history.Part();
        Assert.Equal(before, Totals(part));
        Assert.Equal("b", Assert.Single(part.Jobs).JobId);
        Assert.Equal(2, part.Retired.Planned);
        Assert.Equal(1, part.Retired.Open);
        var lag = Assert.Single(part.StartLags, static lag => lag.Cause == WaitCause.Queue);
        Assert.Equal("billing", lag.Category);
        Assert.Equal(2_000, lag.Lag.SumMicroseconds);
        var step = Assert.Single(history.TakeDue());
        Assert.Equal(HistorySnapshot.RetiredJobId, Assert.IsType<SaveSnapshot>(step[0]).JobId);
        Assert.Equal("a", Assert.IsType<DropSnapshot>(step[^1]).JobId);
    }

    [Fact]
    public void Deleted_job_whose_books_were_not_handed_over_before_a_crash_is_handed_over_by_the_next_owner()
    {
        var history = Empty();
        _facts.Save("a", "billing");
        _facts.Run("a", 0, Outcome.Succeeded, 700);
        Fold(history);
        _store.Commit(history.TakeDue(), _facts);
        _facts.Run("a", 1, Outcome.Failed, 900);
        _facts.Delete("a");
        Fold(history);
        var before = Totals(history.Part());

        var recovered = new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start);

        Assert.Equal(before, Totals(recovered.Part()));
        _store.Commit(recovered.TakeDue(), _facts);
        Assert.Equal(HistorySnapshot.RetiredJobId, Assert.Single(_store.Snapshots).Key.JobId);
        Assert.Equal(before, Totals(new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start).Part()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Job_made_again_before_the_deleted_one_was_handed_over_takes_nothing_of_it_after_a_crash(bool wasSaved)
    {
        var history = Empty();
        _facts.Save("a");
        Fold(history);
        _store.Commit(history.TakeDue(), _facts);
        _facts.Run("a", 1, Outcome.Succeeded, 700);
        Fold(history);
        _store.Commit(wasSaved ? history.TakeAll() : [], _facts);
        _facts.Run("a", 2, Outcome.Failed, 900);
        _facts.Delete("a");
        _facts.Add(new SaveJob(Facts.Job("a") with { CreatedAt = Facts.At(50) }));
        _facts.Run("a", 60, Outcome.Succeeded, 100);
        Fold(history);
        var before = (Totals(history.Part()), history.Part().Jobs.Single().Counts);
        Assert.Equal(1, before.Counts.Planned);

        var recovered = new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start);
        Assert.Equal(before, (Totals(recovered.Part()), recovered.Part().Jobs.Single().Counts));

        _store.Commit(recovered.TakeDue(), _facts);
        var again = new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start);
        Assert.Equal(before, (Totals(again.Part()), again.Part().Jobs.Single().Counts));
    }

    [Fact]
    public void Execution_that_ends_after_its_job_was_deleted_is_counted_and_saved_at_once()
    {
        var history = Empty();
        _facts.Save("a");
        var key = _facts.Begin("a", 0);
        _facts.Delete("a");
        Fold(history);
        history.TakeDue();

        _facts.Finish(key, Outcome.Succeeded, 900);
        Fold(history);

        Assert.Equal(
            new ExecutionCounts { Planned = 1, Outcomes = new OutcomeCounts { Succeeded = 1 }, Durations = 1, DurationMicroseconds = 900 },
            history.Part().Retired);
        Assert.Equal(HistorySnapshot.RetiredJobId, Assert.Single(Saves(history.TakeDue())).JobId);
    }

    [Fact]
    public void Execution_of_a_deleted_job_does_not_count_for_a_new_job_of_the_same_id()
    {
        var history = Empty();
        _facts.Save("a");
        var running = _facts.Begin("a", 0);
        var waiting = _facts.Plan("a", 1);
        _facts.Delete("a");
        _facts.Save("a");
        _facts.Finish(running, Outcome.Failed, 10);
        _facts.StartWaiting(waiting);
        _facts.Finish(waiting, Outcome.Succeeded, 20);
        Fold(history);

        var part = history.Part();
        Assert.Equal(default, Assert.Single(part.Jobs).Counts);
        Assert.Equal(2, part.Retired.Planned);
        Assert.Equal(2, part.Retired.Outcomes.TotalRuns);
        Assert.Equal(0, part.Retired.Open);
    }

    [Fact]
    public void Lags_stay_with_the_category_under_which_they_were_counted()
    {
        var history = Empty();
        _facts.Save("a", "billing");
        _facts.Begin("a", 0, lag: 1);
        _facts.Save("a", "reports");
        _facts.Begin("a", 1, lag: 3);
        _facts.Begin("a", 2, lag: -1);
        Fold(history);

        Assert.Equal(
            [("billing", 1, 1_000_000L), ("reports", 2, 3_000_000L)],
            history.Part().StartLags
                .Select(static lag => (lag.Category, (int)lag.Lag.Count, lag.Lag.SumMicroseconds)));
    }

    [Fact]
    public void Job_that_changes_its_category_is_saved_in_one_step_with_what_it_leaves()
    {
        var history = Empty();
        _facts.Save("a", "billing");
        _facts.Begin("a", 0, lag: 1);
        Fold(history);
        history.TakeDue();
        _facts.Save("a", "reports");
        Fold(history);

        var steps = history.TakeDue();
        Assert.Equal(
            [HistorySnapshot.RetiredJobId, "a"],
            Assert.Single(steps).OfType<SaveSnapshot>().Select(static write => write.JobId),
            StringComparer.Ordinal);

        history.NotSaved(steps[0]);
        Assert.Equal(
            [HistorySnapshot.RetiredJobId, "a"],
            Assert.Single(history.TakeDue()).OfType<SaveSnapshot>().Select(static write => write.JobId),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Facts_that_come_twice_count_once()
    {
        var history = Empty();
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Failed, 10);
        _facts.NotRun("a", 1, 2, 2);
        _facts.Begin("a", 3);
        Fold(history);
        var before = Text(history.Part());

        history.Fold(_facts.All, _facts.Now);

        Assert.Equal(before, Text(history.Part()));
    }

    [Fact]
    public void Next_run_is_shown_until_it_changes()
    {
        var history = Empty();
        _facts.Save("a");
        Fold(history);

        history.SetNextRun("a", Facts.At(60));
        history.SetNextRun("nobody", Facts.At(60));
        Assert.Equal(Facts.At(60), Assert.Single(history.Part().Jobs).NextRunAt);

        history.SetNextRun("a", null);
        Assert.Null(Assert.Single(history.Part().Jobs).NextRunAt);
    }

    [Fact]
    public void Part_carries_term_and_generation()
    {
        var history = Empty();
        history.Reset(12);

        var part = history.Part();

        Assert.Equal(Facts.Term, part.Term);
        Assert.Equal(12, part.Generation);
    }

    [Fact]
    public void New_owner_shows_what_the_owner_before_showed_whenever_it_takes_over()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            AssertTakeOvers(seed);
        }
    }

    private static void AssertTakeOvers(int seed)
    {
        var store = new TestStore();
        var chance = new Random(seed);
        var random = new RandomFacts(seed, ["a", "b", "c"]) { ChangesJobs = true };
        var options = new HistoryOptions { Window = 20, SnapshotEvents = 15 };
        var history = new ShardHistory(store.Recover(), options, Facts.Start);
        var shown = default(ExecutionCounts);
        for (var step = 0; step < 400; step++)
        {
            random.Step();
            var facts = random.Facts.Take();
            store.Commit(facts);
            history.Fold(facts, random.Facts.Now);
            store.Commit(history.TakeDue(), random.Facts);
            var part = history.Part();
            AssertNeverFalls(shown, Totals(part), seed);
            shown = Totals(part);
            if (chance.Next(20) > 0)
            {
                continue;
            }

            history = new ShardHistory(store.Recover(), options, random.Facts.Now);
            Assert.Equal(Text(part), Text(history.Part()));
            store.Commit(chance.Next(2) == 0 ? history.TakeDue() : history.TakeAll(), random.Facts);
        }
    }

    private static void AssertNeverFalls(ExecutionCounts before, ExecutionCounts now, int seed)
    {
        Assert.Equal(now.Planned, Enum.GetValues<Outcome>().Sum(now.Outcomes.Of) + now.Open);
        Assert.True(Enum.GetValues<Outcome>().All(outcome => now.Outcomes.Of(outcome) >= before.Outcomes.Of(outcome)), $"seed {seed}");
        Assert.True(now.Planned >= before.Planned && now.Retries >= before.Retries, $"seed {seed}");
        Assert.True(now.DurationMicroseconds >= before.DurationMicroseconds, $"seed {seed}");
    }

    private static string Text(ShardHistoryPart part)
    {
        return JsonSerializer.Serialize(part with
        {
            Term = Facts.Term,
            Jobs = [.. part.Jobs.OrderBy(static job => job.JobId, StringComparer.Ordinal)],
        });
    }

    private static ExecutionCounts Totals(ShardHistoryPart part)
    {
        return part.Jobs.Aggregate(part.Retired, static (sum, job) => sum + job.Counts);
    }

    private static List<HistorySnapshot> Saves(IReadOnlyList<IReadOnlyList<ShardWrite>> steps)
    {
        return [.. steps.SelectMany(static step => step).OfType<SaveSnapshot>().Select(static save => save.Snapshot)];
    }

    private static ShardHistory Empty(HistoryOptions? options = null)
    {
        return new ShardHistory(new ShardRecovery { Term = Facts.Term }, options ?? new HistoryOptions(), Facts.Start);
    }

    private void Fold(ShardHistory history)
    {
        var facts = _facts.Take();
        _store.Commit(facts);
        history.Fold(facts, _facts.Now);
    }
}
