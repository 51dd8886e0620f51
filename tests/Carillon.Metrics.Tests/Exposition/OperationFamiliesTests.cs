namespace Carillon.Metrics.Tests;

public sealed class OperationFamiliesTests : IAsyncDisposable
{
    private readonly SeriesScene _scene = new();

    public ValueTask DisposeAsync()
    {
        return _scene.DisposeAsync();
    }

    [Fact]
    public void Operation_has_these_lines()
    {
        var metrics = _scene.Start("a").Recorder;
        metrics.Record("plan", TimeSpan.FromMilliseconds(1_500), ("tenant", "acme"));
        metrics.RecordFailure("plan", TimeSpan.FromMilliseconds(2), "Bad \"input\"", ("tier", "gold"));
        metrics.RecordRetry("plan", 2, ("tier", "gold"));
        metrics.Record("GET /x", TimeSpan.Zero);
        _scene.Second(2);

        var page = Parts.Render(ClusterSnapshot.Merge([Parts.Of(new Facts())], Parts.Cluster(), _scene.Page()));

        var lines = page.Split('\n')
            .Where(static line => line.StartsWith("scheduler_operation", StringComparison.Ordinal) && !line.Contains("_bucket", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "scheduler_operation_duration_seconds_count{operation=\"GET /x\"} 1",
                "scheduler_operation_duration_seconds_count{operation=\"plan\",tenant=\"acme\"} 1",
                "scheduler_operation_duration_seconds_count{operation=\"plan\",tier=\"gold\"} 1",
                "scheduler_operation_duration_seconds_sum{operation=\"GET /x\"} 0",
                "scheduler_operation_duration_seconds_sum{operation=\"plan\",tenant=\"acme\"} 1.5",
                "scheduler_operation_duration_seconds_sum{operation=\"plan\",tier=\"gold\"} 0.002",
                "scheduler_operation_failure_total{operation=\"plan\",tier=\"gold\",error_type=\"Bad \\\"input\\\"\"} 1",
                "scheduler_operation_retries_total{operation=\"GET /x\"} 0",
                "scheduler_operation_retries_total{operation=\"plan\",tenant=\"acme\"} 0",
                "scheduler_operation_retries_total{operation=\"plan\",tier=\"gold\"} 1",
                "scheduler_operation_success_total{operation=\"GET /x\"} 1",
                "scheduler_operation_success_total{operation=\"plan\",tenant=\"acme\"} 1",
                "scheduler_operation_success_total{operation=\"plan\",tier=\"gold\"} 0",
            ],
            lines);
    }
}
