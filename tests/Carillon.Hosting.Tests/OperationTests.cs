using System.Diagnostics;
using System.Diagnostics.Metrics;
using Carillon.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Carillon.Hosting.Tests;

/// <summary>What an app records of its own code, on the page of the cluster.</summary>
public sealed class OperationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Histogram_of_the_apps_own_meter_is_on_the_page()
    {
        using var directory = new TemporaryDirectory();
        using var meter = new Meter("MyApp.Checkout");
        var histogram = meter.CreateHistogram<double>("checkout.duration", "s", "How long a checkout took.");
        await using var app = await EmbeddingApp.StartAsync(
            directory.Path, static carillon => carillon.Configure(static options => options.Metrics.Meters.Add("MyApp.*")));

        histogram.Record(0.2, new KeyValuePair<string, object?>("shop", "berlin"));

        var page = await PageWithAsync(app, "checkout_duration_seconds_count{shop=\"berlin\"} 1\n");
        Assert.Contains("# TYPE checkout_duration_seconds histogram\n", page, StringComparison.Ordinal);
        Assert.Contains("checkout_duration_seconds_bucket{shop=\"berlin\",le=\"0.25\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("checkout_duration_seconds_sum{shop=\"berlin\"} 0.2\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_recorded_through_the_service_survive_a_restart_exactly()
    {
        using var directory = new TemporaryDirectory();
        await using (var app = await EmbeddingApp.StartAsync(directory.Path, static _ => { }))
        {
            var metrics = app.Services.GetRequiredService<IOperationMetrics>();
            Assert.True(metrics.IsEnabled);
            for (var i = 0; i < 1_000; i++)
            {
                await metrics.MeasureAsync("plan", static () => Task.CompletedTask, ("tenant", "acme"));
            }

            await app.StopAsync();
        }

        await using (var again = await EmbeddingApp.StartAsync(directory.Path, static _ => { }))
        {
            var page = await again.Http.GetStringAsync(new Uri($"{EmbeddingApp.Prefix}/metrics", UriKind.Relative));
            Assert.Contains("scheduler_operation_success_total{operation=\"plan\",tenant=\"acme\"} 1000\n", page, StringComparison.Ordinal);
            Assert.Contains("scheduler_metrics_dropped_total{reason=\"killed\"} 0\n", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_recorded_when_metrics_are_off()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await EmbeddingApp.StartAsync(
            directory.Path, static carillon => carillon.Configure(static options => options.Metrics.Enabled = false));

        var metrics = app.Services.GetRequiredService<IOperationMetrics>();
        metrics.Record("plan", TimeSpan.Zero);

        Assert.False(metrics.IsEnabled);
        Assert.False((await app.GetAsync("metrics/summary")).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task Health_checks_of_the_app_include_the_node()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await EmbeddingApp.StartAsync(directory.Path, static _ => { });

        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, report.Entries["carillon"].Status);
        Assert.Equal(["audit", "database", "lease", "operations", "shards"], report.Entries["carillon"].Data.Keys.Order(StringComparer.Ordinal));
    }

    private static async Task<string> PageWithAsync(EmbeddingApp app, string line)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var page = await app.Http.GetStringAsync(new Uri($"{EmbeddingApp.Prefix}/metrics", UriKind.Relative));
            if (page.Contains(line, StringComparison.Ordinal))
            {
                return page;
            }

            Assert.True(since.Elapsed < Limit, $"not on the page after {Limit}: {line}\n{page}");
        }
    }
}
