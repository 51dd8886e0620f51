using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Carillon.Hosting.Tests;

/// <summary>What a collector is sent by a node over several lives.</summary>
public sealed class OtlpExportTests
{
    private const int Runs = 4;

    [Theory]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    [InlineData(OtlpProtocol.Grpc)]
    public async Task Counters_of_all_lives_add_up_to_what_the_store_says(OtlpProtocol protocol)
    {
        using var directory = new TemporaryDirectory();
        await using var collector = await OtlpCollector.StartAsync(
            protocol == OtlpProtocol.Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
        var job = "otlp-" + protocol.ToString().ToLowerInvariant();
        var total = 0L;
        for (var life = 1; life <= 2; life++)
        {
            await using var app = await EmbeddingApp.StartAsync(directory.Path, carillon => Declare(carillon, job, collector, protocol));
            for (var i = 0; i < Runs; i++)
            {
                await app.TriggerAsync(job);
            }

            total = Runs * life;
            await collector.UntilAsync(c => Sum(c, job) == total, $"{total} executions are exported");
            Assert.Equal(total, (await app.GetAsync($"jobs/{job}")).GetProperty("metrics").GetProperty("success_count").GetInt64());
            await app.StopAsync();
        }

        Assert.Equal(total, Sum(collector, job));
        var executions = collector.Latest().Where(p => p.Metric == "carillon.executions" && p.Attributes.Contains(job, StringComparison.Ordinal)).ToArray();
        Assert.Equal([Runs, Runs], executions.Select(static p => (int)p.Value));
        Assert.Equal(2, executions.Select(static p => p.Instance).Distinct().Count());
        Assert.All(executions, p => Assert.Equal($"category=billing job_id={job} outcome=succeeded", p.Attributes));
        var durations = collector.Latest().First(p => p.Metric == "carillon.attempt.duration" && p.Attributes.Contains(job, StringComparison.Ordinal));
        Assert.Equal(Runs, durations.Value);
        Assert.Equal(Runs, durations.Buckets.Sum());
        Assert.Equal(20, durations.Buckets.Count);
        Assert.True(durations.Sum > 0, "durations have a sum");
        Assert.Equal("carillon", collector.Resource["service.name"]);
        Assert.Equal("secret, with a comma", collector.Token);
        Assert.Contains(collector.Latest(), static p => p.Metric == "carillon.slots.idle" && p.Value > 0);
    }

    [Fact]
    public async Task Collector_that_refuses_is_told_of_once_and_counted_and_nothing_is_doubled_when_it_is_back()
    {
        using var directory = new TemporaryDirectory();
        await using var collector = await OtlpCollector.StartAsync();
        collector.Status = 400;
        await using var app = await EmbeddingApp.StartAsync(
            directory.Path, carillon => Declare(carillon, "otlp-refused", collector, OtlpProtocol.HttpProtobuf));
        await app.TriggerAsync("otlp-refused");
        await DroppedAsync(app);

        collector.Status = 200;
        await collector.UntilAsync(static c => Sum(c, "otlp-refused") == 1, "the execution is exported");

        Assert.DoesNotContain(collector.All(), static p => p.Metric == "carillon.executions"
            && p.Attributes.Contains("otlp-refused", StringComparison.Ordinal) && p.Value > 1);
    }

    private static void Declare(CarillonBuilder carillon, string job, OtlpCollector collector, OtlpProtocol protocol)
    {
        carillon
            .AddJob(job, static (_, _) => Task.CompletedTask, static j => j.Category("billing"))
            .Configure(options =>
            {
                var otlp = options.Metrics.Export.Otlp;
                otlp.Endpoint = collector.Url;
                otlp.Protocol = protocol;
                otlp.Headers["x-token"] = "secret, with a comma";
                otlp.Interval = TimeSpan.FromMilliseconds(100);
            });
    }

    private static double Sum(OtlpCollector collector, string job)
    {
        return collector.Latest()
            .Where(p => p.Metric == "carillon.executions" && p.Attributes.Contains($"job_id={job} ", StringComparison.Ordinal))
            .Sum(static p => p.Value);
    }

    private static async Task DroppedAsync(EmbeddingApp app)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!deadline.IsCancellationRequested)
        {
            var page = await app.Http.GetStringAsync(new Uri(EmbeddingApp.Prefix + "/metrics", UriKind.Relative), deadline.Token);
            if (page.Contains("scheduler_metrics_dropped_total{reason=\"export_otlp\"} ", StringComparison.Ordinal)
                && !page.Contains("scheduler_metrics_dropped_total{reason=\"export_otlp\"} 0\n", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("The page shows no dropped metrics.");
    }
}
