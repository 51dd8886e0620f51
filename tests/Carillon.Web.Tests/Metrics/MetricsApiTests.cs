using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Carillon.Metrics;
using Carillon.Testing;

namespace Carillon.Web.Tests.Metrics;

public sealed class MetricsApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private readonly WebHost _host = fixture.Host;

    [Theory]
    [InlineData("/metrics", null)]
    [InlineData("/metrics?scope=cluster", "text/plain")]
    [InlineData($"{Api}/metrics/prometheus", "application/json")]
    public async Task Page_is_prometheus_text_of_the_whole_cluster(string path, string? accept)
    {
        var page = await PageAsync(path, accept);

        Assert.Equal("counter", page.Families["scheduler_executions_total"].Type);
        Assert.Equal(1, page.Value("scheduler_build_info", ("version", "1.2.3")));
    }

    [Theory]
    [InlineData("/metrics", MetricsFormatTests.Prometheus2)]
    [InlineData("/metrics", MetricsFormatTests.Prometheus3)]
    [InlineData("/metrics?scope=cluster", "application/openmetrics-text")]
    [InlineData($"{Api}/metrics/prometheus", "application/openmetrics-text; version=1.0.0")]
    public async Task Page_is_OpenMetrics_for_who_prefers_it(string path, string accept)
    {
        var page = await PageAsync(path, accept);

        Assert.Equal("counter", page.Families["scheduler_executions"].Type);
        Assert.Equal("seconds", page.Families["scheduler_start_lag_seconds"].Unit);
        Assert.Equal(1, page.Value("scheduler_build_info", ("version", "1.2.3")));
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

    [Theory]
    [InlineData("application/json")]
    [InlineData(MetricsFormatTests.Prometheus2)]
    public async Task Node_scope_is_this_process_alone_with_real_figures(string accept)
    {
        var before = await PageAsync("/metrics?scope=node", accept);
        var cluster = await PageAsync("/metrics", "text/plain");
        var page = await PageAsync("/metrics?scope=node", accept);

        Assert.All(page.Families.Keys, static name => Assert.StartsWith("carillon_node_", name, StringComparison.Ordinal));
        Assert.Equal(1, page.Value("carillon_node_build_info", ("node", "node-a"), ("version", "1.2.3")));
        Assert.InRange(page.Value("carillon_node_cpu_seconds_total"), 0.01, 1e6);
        Assert.InRange(page.Value("carillon_node_resident_memory_bytes"), 1e6, 1e12);
        Assert.InRange(page.Value("carillon_node_gc_heap_bytes"), 1e5, 1e12);
        Assert.InRange(page.Value("carillon_node_threads"), 2, 10_000);
        Assert.InRange(page.Value("carillon_node_open_handles"), 3, 1e6);
        Assert.InRange(page.Value("carillon_node_data_size_bytes"), 1e6, 1e18);
        Assert.InRange(page.Value("carillon_node_data_free_bytes"), 0, page.Value("carillon_node_data_size_bytes"));
        Assert.Equal(1, page.Value("carillon_node_exposition_pages_total") - before.Value("carillon_node_exposition_pages_total"));
        Assert.Equal(cluster.Samples.Count(), page.Value("carillon_node_exposition_last_page_series"));
        Assert.All(before.Counters, earlier => Assert.True(
            page.Find(earlier.Name, [.. earlier.Labels.Select(static l => (l.Key, l.Value))])!.Value >= earlier.Value));
    }

    [Fact]
    public async Task Unknown_scope_is_refused()
    {
        await _host.ProblemAsync(HttpMethod.Get, "/metrics?scope=galaxy", null, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Scraper_that_waits_too_briefly_gets_503_and_no_part_of_a_page()
    {
        var problem = await _host.ProblemAsync(
            HttpMethod.Get,
            "/metrics",
            null,
            HttpStatusCode.ServiceUnavailable,
            ("X-Prometheus-Scrape-Timeout-Seconds", "0.0000001"));

        Assert.Contains("not ready within", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_names_the_page_and_every_family_on_it()
    {
        using var page = await _host.GetAsync("/metrics");

        var summary = await _host.DataAsync(HttpMethod.Get, $"{Api}/metrics/summary");

        Assert.True(summary.GetProperty("enabled").GetBoolean());
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

    [Fact]
    public async Task Statistics_that_are_switched_off_are_neither_on_the_page_nor_in_the_document()
    {
        var context = fixture.Node.Context with { Pages = new PageOptions { Enabled = false } };
        await using var host = await WebHost.StartAsync(context);

        var problem = await host.ProblemAsync(HttpMethod.Get, $"{Api}/metrics", null, HttpStatusCode.NotFound);
        var summary = await host.DataAsync(HttpMethod.Get, $"{Api}/metrics/summary");
        var page = ExpositionPage.ParseText(await (await host.GetAsync("/metrics")).Content.ReadAsStringAsync());

        Assert.Contains("metrics.enabled", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(summary.GetProperty("enabled").GetBoolean());
        Assert.Equal(0, page.Value("scheduler_metrics_enabled"));
        Assert.Equal(8, page.Value("scheduler_cluster_shards", ("state", "owned")));
        Assert.DoesNotContain(page.Families.Keys, static name => name.StartsWith("scheduler_job_", StringComparison.Ordinal));
        Assert.Equal(
            page.Families.Keys,
            summary.GetProperty("families").EnumerateArray().Select(static f => f.GetProperty("name").GetString()!));
    }

    /// <summary>A page, read strictly in the form that its content type names.</summary>
    private async Task<ExpositionPage> PageAsync(string path, string? accept)
    {
        using var response = accept is null ? await _host.GetAsync(path) : await _host.GetAsync(path, ("Accept", accept));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Accept, Accept-Encoding", response.Headers.Vary.ToString());
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(response.Content.Headers.ContentLength, body.Length);
        var type = string.Join(',', response.Content.Headers.NonValidated["Content-Type"]);
        return ExpositionPage.Parse(type, Encoding.UTF8.GetString(body));
    }
}
