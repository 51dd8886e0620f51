using System.IO.Compression;
using System.Net;
using System.Text.Json;

namespace Carillon.Web.Tests.Metrics;

public sealed class MetricsApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private readonly WebHost _host = fixture.Host;

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/metrics?scope=cluster")]
    [InlineData($"{Api}/metrics/prometheus")]
    public async Task Page_is_prometheus_text_of_the_whole_cluster(string path)
    {
        using var response = await _host.GetAsync(path);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("Accept, Accept-Encoding", response.Headers.Vary.ToString());
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("\nscheduler_build_info{version=\"1.2.3\"} 1\n", "\n" + page, StringComparison.Ordinal);
        Assert.EndsWith("\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_at_the_root_is_the_json_of_the_api()
    {
        using var root = await _host.GetAsync("/metrics", ("Accept", "application/json"));
        Assert.Equal("application/json; charset=utf-8", root.Content.Headers.ContentType?.ToString());
        var atRoot = JsonElement.Parse(await root.Content.ReadAsStringAsync()).GetProperty("data");
        var atApi = await _host.DataAsync(HttpMethod.Get, $"{Api}/metrics");

        foreach (var data in new[] { atRoot, atApi })
        {
            Assert.Equal(
                ["total", "summary", "metrics", "notification_channels", "completeness"],
                data.EnumerateObject().Select(static m => m.Name),
                StringComparer.Ordinal);
            Assert.Equal(8, data.GetProperty("completeness").GetProperty("shards_known").GetInt32());
        }
    }

    [Fact]
    public async Task Job_has_exactly_the_fields_of_the_contract()
    {
        const string Job = """{"id":"fields","run":{"type":"class","class":"ok"}}""";
        await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs", Job, HttpStatusCode.Created);

        var data = await _host.DataAsync(HttpMethod.Get, $"{Api}/metrics");

        Assert.Equal(
            [
                "job_id", "job_name", "owner", "category", "success_count", "failure_count", "total_runs",
                "success_rate", "retry_count", "last_duration_ms", "avg_duration_ms", "total_duration_ms",
                "p50_duration_ms", "p95_duration_ms", "p99_duration_ms", "min_duration_ms", "max_duration_ms",
                "sample_count", "last_status", "last_timestamp", "last_error", "consecutive_failures", "running", "next_run_at",
            ],
            data.GetProperty("metrics")[0].EnumerateObject().Select(static m => m.Name),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Page_is_compressed_for_who_accepts_it()
    {
        using var plain = await _host.GetAsync("/metrics");
        using var response = await _host.GetAsync("/metrics", ("Accept-Encoding", "gzip"));

        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.ToString());
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        var families = Families(await plain.Content.ReadAsStringAsync());
        Assert.NotEmpty(families);
        Assert.Equal(families, Families(await reader.ReadToEndAsync()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Node_scope_is_this_process_alone()
    {
        using var response = await _host.GetAsync("/metrics?scope=node", ("Accept", "application/json"));

        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        const string Build = "carillon_node_build_info{node=\"node-a\",version=\"1.2.3\"} 1\n";
        Assert.Contains(Build, page, StringComparison.Ordinal);
        Assert.Equal(
            [
                "build_info", "cpu_seconds_total", "resident_memory_bytes", "gc_heap_bytes", "thread_pool_threads",
                "thread_pool_queue_length",
            ],
            Families(page).Select(static f => f["carillon_node_".Length..]),
            StringComparer.Ordinal);
        await _host.ProblemAsync(HttpMethod.Get, "/metrics?scope=galaxy", null, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Summary_names_the_page_and_every_family_on_it()
    {
        using var page = await _host.GetAsync("/metrics");

        var summary = await _host.DataAsync(HttpMethod.Get, $"{Api}/metrics/summary");

        Assert.Equal("/metrics", summary.GetProperty("endpoint").GetString());
        Assert.Equal(
            Families(await page.Content.ReadAsStringAsync()),
            summary.GetProperty("families").EnumerateArray().Select(static f => f.GetProperty("name").GetString()!),
            StringComparer.Ordinal);
        Assert.All(summary.GetProperty("families").EnumerateArray(), static f =>
        {
            Assert.Matches("^(counter|gauge|histogram)$", f.GetProperty("type").GetString());
            Assert.False(string.IsNullOrEmpty(f.GetProperty("help").GetString()));
        });
    }

    private static List<string> Families(string page)
    {
        return
        [
            .. page.Split('\n')
                .Where(static line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
                .Select(static line => line.Split(' ')[2]),
        ];
    }
}
