using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Carillon.Metrics.Tests;

/// <summary>What a reader of line protocol makes of what is sent to it.</summary>
public sealed class InfluxExportTests
{
    [Fact]
    public async Task Points_by_http_have_the_totals_of_each_job_under_its_own_labels()
    {
        await using var server = await InfluxServer.StartAsync();
        using var exporter = MetricsExporter.Influx(new Uri(server.Url, "/api/v2/write?org=o&bucket=b"), "secret", "carillon");
        var facts = new Facts();
        facts.Save("report", category: "a=b, c", owner: null, name: @"back\slash" + "\n");
        Readings.Run(facts, "report", succeeded: 3, failed: 1);

        var (dropped, problem) = await exporter.SendAsync(Readings.Of(facts), CancellationToken.None);

        Assert.Equal((0, null), (dropped, problem));
        Assert.Equal(("/api/v2/write?org=o&bucket=b", "Token secret"), Assert.Single(server.Requests));
        var points = server.Lines.Select(InfluxPoint.Parse).ToArray();
        Assert.Equal(["carillon_job", "carillon_queue", "carillon_node"], points.Select(static point => point.Measurement));
        var job = points[0];
        Assert.Equal("a=b, c", job.Tag("category"));
        Assert.Equal("back_slash_", job.Tag("job_name"));
        Assert.Null(job.Tag("owner"));
        Assert.Null(job.Tag("node"));
        Assert.Equal(3L, job.Fields["success"]);
        Assert.Equal(1L, job.Fields["failure"]);
        Assert.Equal(4L, job.Fields["planned"]);
        Assert.Equal(3L, job.Fields["occurrences_succeeded"]);
        Assert.Equal(10_000L, job.Fields["duration_us"]);
        Assert.Equal(2.5, job.Fields["duration_p50_ms"]);
        Assert.Equal((Facts.At(5.000001) - DateTimeOffset.UnixEpoch).Ticks * 100, job.Nanoseconds);
        Assert.Equal("n 1", points[1].Tag("node"));
        Assert.Equal(7L, points[1].Fields["length"]);
        Assert.Equal(-0.25, points[2].Fields["clock_skew_seconds"]);
    }

    [Fact]
    public async Task Totals_go_on_over_a_restart_in_the_same_series()
    {
        await using var server = await InfluxServer.StartAsync();
        var facts = new Facts();
        facts.Save("report");
        for (var life = 1; life <= 3; life++)
        {
            using var exporter = MetricsExporter.Influx(new Uri(server.Url, "/write?db=d"), null, "carillon");
            Readings.Run(facts, "report", succeeded: 2);
            await exporter.SendAsync(Readings.Of(facts, epoch: life), CancellationToken.None);
        }

        var jobs = server.Lines.Select(InfluxPoint.Parse).Where(static point => point.Measurement == "carillon_job").ToArray();
        Assert.Equal([2L, 4L, 6L], jobs.Select(static point => point.Fields["success"]));
        Assert.Single(jobs.Select(static point => string.Join(',', point.Tags)).Distinct());
    }

    [Fact]
    public async Task Points_by_udp_are_the_same()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
        using var exporter = MetricsExporter.Influx(new Uri($"udp://127.0.0.1:{port}"), null, "carillon");
        var facts = new Facts();
        facts.Save("report");

        await exporter.SendAsync(Readings.Of(facts), CancellationToken.None);

        IPEndPoint? from = null;
        var lines = Encoding.UTF8.GetString(socket.Receive(ref from)).Split('\n');
        Assert.Equal("report", InfluxPoint.Parse(lines[0]).Tag("job_id"));
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task Refusal_drops_the_reading_and_says_why()
    {
        await using var server = await InfluxServer.StartAsync(HttpStatusCode.Unauthorized);
        using var exporter = MetricsExporter.Influx(new Uri(server.Url, "/api/v2/write"), null, "carillon");
        var facts = new Facts();
        facts.Save("report");

        var (dropped, problem) = await exporter.SendAsync(Readings.Of(facts), CancellationToken.None);

        Assert.Equal(3, dropped);
        Assert.Contains("answered 401: no", problem, StringComparison.Ordinal);
    }

    private sealed class InfluxServer : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private InfluxServer(WebApplication app)
        {
            _app = app;
        }

        public Uri Url => new(_app.Urls.First());

        public List<(string Path, string Authorization)> Requests { get; } = [];

        public List<string> Lines { get; } = [];

        public static async Task<InfluxServer> StartAsync(HttpStatusCode answer = HttpStatusCode.NoContent)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var server = new InfluxServer(app);
            app.Run(async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                server.Lines.AddRange((await reader.ReadToEndAsync()).Split('\n'));
                server.Requests.Add((context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization.ToString()));
                context.Response.StatusCode = (int)answer;
                if (answer != HttpStatusCode.NoContent)
                {
                    await context.Response.WriteAsync("no");
                }
            });
            await app.StartAsync();
            return server;
        }

        public ValueTask DisposeAsync()
        {
            return _app.DisposeAsync();
        }
    }
}
