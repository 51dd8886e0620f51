using Carillon.Model;

namespace Carillon.Metrics.Tests;

public sealed class ResetTests
{
    private readonly Facts _facts = new();
    private readonly TestStore _store = new();

    [Fact]
    public void Reset_leaves_what_is_open_and_nothing_else()
    {
        var history = Recover();
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Failed, 700, error: "broken");
        var waiting = _facts.Plan("a", 1);
        var running = _facts.Begin("a", 2);
        Fold(history);

        history.Reset(1);

        Assert.Equal(new ExecutionCounts { Planned = 2, Open = 2, Running = 1 }, Job(history).Counts);
        Assert.Equal((0, 0, null, null), (Job(history).Window.Count, Job(history).ConsecutiveFailures, Job(history).LastOutcome, Job(history).LastError));
        Assert.Empty(history.Part().StartLags);

        _facts.Finish(running, Outcome.Succeeded, 900);
        _facts.Finish(waiting, Outcome.Cancelled, hadStarted: false);
        Fold(history);
        var counts = Job(history).Counts;
        Assert.Equal((2, 1, 1, 0), (counts.Planned, counts.Outcomes.Succeeded, counts.Outcomes.Cancelled, counts.Open));
        Assert.Equal(1, Job(history).Window.Count);
    }

    [Fact]
    public void Reset_zeroes_what_deleted_jobs_left()
    {
        var history = Recover();
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Failed, 700);
        _facts.Begin("a", 1);
        _facts.Delete("a");
        Fold(history);

        history.Reset(1);

        Assert.Equal(new ExecutionCounts { Planned = 1, Open = 1, Running = 1 }, history.Part().Retired);
        Assert.Empty(history.Part().StartLags);
    }

    [Fact]
    public void Reset_is_one_step_and_counts_as_saved_when_that_is_recorded()
    {
        var history = Recover();
        for (var i = 0; i < 300; i++)
        {
            _facts.Save($"job-{i}");
            _facts.Run($"job-{i}", 0, Outcome.Succeeded, 1);
        }

        Fold(history);
        history.Reset(1);
        var step = Assert.Single(history.TakeDue());
        Assert.Equal(301, step.OfType<SaveSnapshot>().Count());
        Assert.False(history.IsResetSaved);

        history.NotSaved(step);
        Assert.False(history.IsResetSaved);
        step = Assert.Single(history.TakeDue());
        _store.Commit([step], _facts);
        history.Saved(step);

        Assert.True(history.IsResetSaved);
        Assert.Equal((1L, true), (Recover().Generation, Recover().IsResetSaved));
        Assert.Equal(0, Recover().Part().Totals().Planned);
    }

    [Fact]
    public void Owner_killed_before_the_reset_was_recorded_leaves_the_generation_before_whole()
    {
        var history = Recover();
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Failed, 700);
        Fold(history);
        history.Reset(1);

        var next = Recover();

        Assert.Equal((0L, true), (next.Generation, next.IsResetSaved));
        Assert.Equal(1, Job(next).Counts.Outcomes.Failed);
    }

    private static JobStatistics Job(ShardHistory history)
    {
        return Assert.Single(history.Part().Jobs);
    }

    private ShardHistory Recover()
    {
        return new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start);
    }

    private void Fold(ShardHistory history)
    {
        _store.Commit(_facts.Take());
        history.Fold(_store.Newest, _facts.Now);
    }
}
