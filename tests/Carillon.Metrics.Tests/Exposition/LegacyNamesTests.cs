using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Metrics.Tests;

public sealed class LegacyNamesTests
{
    [Fact]
    public void Chronflow_names_tell_the_figures_of_the_cluster()
    {
        var page = Page(LegacyNames.Chronflow);

        Assert.Equal(100, page.Value("chronflow_uptime_seconds"));
        Assert.Equal(3, page.Value("chronflow_executions_total"));
        Assert.Equal(2, page.Value("chronflow_executions_success"));
        Assert.Equal(1, page.Value("chronflow_executions_failed"));
        Assert.Equal(2, page.Value("chronflow_task_executions", ("task", "a")));
        Assert.Equal(0, page.Value("chronflow_task_executions", ("task", "never")));
        Assert.Equal(1.5, page.Value("chronflow_task_duration_seconds", ("task", "a"), ("stat", "avg")));
        Assert.Equal(1, page.Value("chronflow_task_duration_seconds", ("task", "a"), ("stat", "min")));
        Assert.Equal(2, page.Value("chronflow_task_duration_seconds", ("task", "a"), ("stat", "max")));
        Assert.Equal(3, page.Families["chronflow_task_duration_seconds"].Samples.Count);
        Assert.All(Legacy(page, "chronflow_"), static family => Assert.Equal("untyped", family.Type));
    }

    [Fact]
    public void Celery_names_tell_the_figures_of_the_cluster()
    {
        var page = Page(LegacyNames.Celery);

        Assert.Equal(2, page.Value("celery_tasks_total", ("status", "success")));
        Assert.Equal(1, page.Value("celery_tasks_total", ("status", "failure")));
        Assert.Equal(0, page.Value("celery_tasks_total", ("status", "retry")));
        Assert.Equal(0, page.Value("celery_queue_length", ("queue", "default")));
        Assert.Equal(3, page.Value("celery_workers_active", ("worker", "n1")));
        Assert.Equal(29, page.Value("celery_workers_idle", ("worker", "n1")));
        Assert.Equal(3, page.Value("celery_tasks_duration_seconds_count"));
        Assert.Equal(1, page.Value("celery_tasks_duration_seconds_bucket", ("le", "1.0")));
        Assert.Equal(7, page.Value("celery_tasks_duration_seconds_sum"));
        Assert.Equal("histogram", page.Families["celery_tasks_duration_seconds"].Type);
        Assert.All(
            Legacy(page, "celery_").Where(static f => f.Name is not "celery_tasks_duration_seconds"),
            static family => Assert.Equal("untyped", family.Type));
    }

    [Fact]
    public void Names_that_were_not_asked_for_are_absent()
    {
        Assert.Empty(Legacy(Page(), "c"));
        Assert.Empty(Legacy(Page(LegacyNames.Celery), "chronflow_"));
        Assert.NotEmpty(Legacy(Page(LegacyNames.Celery, LegacyNames.Chronflow), "chronflow_"));
    }

    [Fact]
    public void Statistics_that_are_switched_off_leave_the_cluster_about_itself()
    {
        var options = new PageOptions { Enabled = false, LegacyNames = [LegacyNames.Celery] };
        var page = ExpositionPage.ParseText(Parts.Render(Snapshot(), new PrometheusPage(options)));

        Assert.Equal(0, page.Value("scheduler_metrics_enabled"));
        Assert.Equal(1, page.Value("scheduler_build_info"));
        Assert.DoesNotContain(page.Families.Keys, static name => name.StartsWith("scheduler_job_", StringComparison.Ordinal));
        Assert.DoesNotContain("scheduler_executions_total", page.Families.Keys, StringComparer.Ordinal);
        Assert.Empty(Legacy(page, "c"));
    }

    private static IEnumerable<ExpositionFamily> Legacy(ExpositionPage page, string prefix)
    {
        return page.Families.Values.Where(family => family.Name.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static ExpositionPage Page(params LegacyNames[] names)
    {
        return ExpositionPage.ParseText(Parts.Render(Snapshot(), new PrometheusPage(new PageOptions { LegacyNames = names })));
    }

    private static ClusterSnapshot Snapshot()
    {
        var facts = new Facts();
        facts.Save("a");
        facts.Save("gone");
        facts.Save("never");
        facts.Run("a", 0, Outcome.Succeeded, 1_000_000);
        facts.Run("a", 1, Outcome.Succeeded, 2_000_000);
        facts.Run("gone", 2, Outcome.Failed, 4_000_000);
        facts.Delete("gone");
        return Parts.Snapshot(facts);
    }
}
