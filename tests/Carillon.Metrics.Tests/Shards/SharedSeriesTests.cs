using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Metrics.Tests;

/// <summary>Jobs beyond the limit, which pages tell together.</summary>
public sealed class SharedSeriesTests
{
    private readonly TestStore _store = new();
    private readonly Facts _facts = new();

    [Fact]
    public void Jobs_that_share_series_are_one_job_on_the_page_and_in_the_document()
    {
        _facts.Save("own");
        _facts.SaveSharing("x", "billing");
        _facts.SaveSharing("y", "reports");
        _facts.SaveSharing("idle", "never");
        _facts.Run("own", 0, Outcome.Succeeded, 1);
        _facts.Run("x", 1, Outcome.Succeeded, 2_000_000);
        _facts.Run("y", 2, Outcome.Failed, 3_000_000);

        var snapshot = Parts.Snapshot(_facts);
        var page = ExpositionPage.ParseText(Parts.Render(snapshot));
        var document = MetricsDocument.Of(snapshot);

        var other = page.Find("scheduler_job_planned_total", ("job_id", "_other"))!;
        Assert.Equal("category=7:unknown,job_id=6:_other,job_name=6:_other,owner=7:unknown", other.LabelText());
        Assert.Equal(2, other.Value);
        Assert.Equal(1, page.Value("scheduler_job_failure_total", ("job_id", "_other")));
        Assert.Equal(5, page.Value("scheduler_job_duration_seconds_sum", ("job_id", "_other")));
        Assert.Null(page.Find("scheduler_job_duration_p50_ms", ("job_id", "_other")));
        Assert.Equal(2, page.Value("scheduler_executions_total", ("status", "success")));
        Assert.Equal(2, page.Value("scheduler_start_lag_seconds_count", ("category", "unknown"), ("cause", "none")));
        Assert.DoesNotContain(page.Samples, static s => s.Labels.GetValueOrDefault("category") is "reports" or "never");
        Assert.Equal(2, page.Families["scheduler_job_open"].Samples.Count);
        Assert.Equal(["_other", "own"], document.Metrics.Select(static job => job.JobId), StringComparer.Ordinal);
        Assert.Equal(4, document.Total);
        Assert.Equal(3, document.Summary.TotalExecutions);
    }

    [Fact]
    public void Part_of_many_jobs_that_share_series_holds_none_of_them_unless_asked()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _facts.SaveSharing($"job-{i:D4}");
        }

        var history = Fold(new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start));

        Assert.Empty(history.Part().Jobs);
        Assert.Empty(history.Part().Sharing);
        Assert.Equal(1_000, history.Part().Shared.Jobs);
        Assert.Equal(1_000, history.Part(everyJob: true).Sharing.Count);
        Assert.Equal("job-0007", history.Statistics("job-0007")!.JobId);
    }

    [Fact]
    public void Deleting_one_of_them_lowers_no_figure_also_after_a_crash_in_between()
    {
        var history = Fold(new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start));
        _facts.SaveSharing("x");
        _facts.SaveSharing("y");
        _facts.Run("x", 1, Outcome.Succeeded, 2_000_000);
        _facts.Run("y", 2, Outcome.Succeeded, 3_000_000);
        Fold(history);
        _store.Commit(history.TakeAll(), _facts);
        var before = Figures(history);

        _facts.Delete("x");
        _facts.Delete("y");
        Fold(history);
        Assert.Equal(before, Figures(history));

        var crashed = new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start);
        Assert.Equal(before, Figures(crashed));
        _store.Commit(crashed.TakeDue(), _facts);
        Assert.Equal(before, Figures(new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start)));
        Assert.Contains("_other", Parts.Render(ClusterSnapshot.Merge([crashed.Part()], Parts.Cluster(shards: 8))), StringComparison.Ordinal);
    }

    [Fact]
    public void Job_of_the_same_id_may_have_series_of_its_own_later()
    {
        _facts.SaveSharing("x");
        _facts.Run("x", 1, Outcome.Succeeded, 1);
        _facts.Delete("x");
        _facts.Save("x");
        _facts.Run("x", 2, Outcome.Succeeded, 1);

        var page = ExpositionPage.ParseText(Parts.Render(Parts.Snapshot(_facts)));

        Assert.Equal(1, page.Value("scheduler_job_success_total", ("job_id", "x")));
        Assert.Equal(1, page.Value("scheduler_job_success_total", ("job_id", "_other")));
    }

    private static (ExecutionCounts Counts, long Durations, long Sum, ExecutionCounts Retired) Figures(ShardHistory history)
    {
        var part = history.Part();
        return (part.Shared.Counts, part.Shared.Durations.Count, part.Shared.Durations.SumMicroseconds, part.Retired);
    }

    private ShardHistory Fold(ShardHistory history)
    {
        var facts = _facts.Take();
        _store.Commit(facts);
        history.Fold(facts, _facts.Now);
        return history;
    }
}
