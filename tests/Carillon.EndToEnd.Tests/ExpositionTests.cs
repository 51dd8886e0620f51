using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.Testing;

namespace Carillon.EndToEnd.Tests;

/// <summary>The forms in which the statistics can be had, from a node at rest.</summary>
[Collection(ProcessTests.Name)]
public sealed class ExpositionTests(NodeAtRest atRest) : IClassFixture<NodeAtRest>
{
    private const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private const string Vary = "Accept, Accept-Encoding";

    /// <summary>What the time since the start moves, and nothing else.</summary>
    private static readonly string[] Moving = ["uptime_seconds", "executions_per_second", "age_seconds"];

    private static readonly string[] MovingFamilies =
        ["scheduler_uptime_seconds", "scheduler_cluster_view_age_seconds", "scheduler_cluster_clock_skew_seconds", "scheduler_cluster_lease_headroom_seconds"];

    /// <summary>The families of the contract, as far as what they count is built.</summary>
    private static readonly (string Type, string[] Names)[] Families =
    [
        ("counter",
        [
            "scheduler_job_success_total", "scheduler_job_failure_total", "scheduler_job_retries_total", "scheduler_job_planned_total",
            "scheduler_job_occurrences_total", "scheduler_executions_total", "scheduler_cluster_fenced_writes_total",
            "scheduler_cluster_takeovers_total", "scheduler_metrics_dropped_total", "scheduler_audit_duplicates_total",
            "scheduler_audit_missed_total",
        ]),
        ("gauge",
        [
            "scheduler_job_last_duration_ms", "scheduler_job_last_run_timestamp", "scheduler_job_duration_avg_ms", "scheduler_job_duration_p50_ms",
            "scheduler_job_duration_p95_ms", "scheduler_job_duration_p99_ms", "scheduler_job_duration_min_ms", "scheduler_job_duration_max_ms",
            "scheduler_job_running", "scheduler_job_open", "scheduler_job_next_run_timestamp_seconds", "scheduler_job_last_success_timestamp_seconds",
            "scheduler_uptime_seconds", "scheduler_queue_length", "scheduler_queue_oldest_seconds", "scheduler_workers_active", "scheduler_workers_idle",
            "scheduler_cluster_nodes", "scheduler_cluster_shards", "scheduler_cluster_view_age_seconds", "scheduler_cluster_clock_skew_seconds",
            "scheduler_cluster_lease_headroom_seconds", "scheduler_build_info", "scheduler_metrics_enabled",
        ]),
        ("histogram", ["scheduler_job_duration_seconds", "scheduler_start_lag_seconds"]),
    ];

    private HttpClient Http => atRest.Api.Http;

    [Fact]
    public async Task Json_by_accept_has_the_values_of_the_api_and_of_the_page()
    {
        using var byAccept = await GetAsync("metrics", "application/json");
        using var byApi = await GetAsync("api/v1/scheduler/metrics", "application/json");
        var accepted = JsonNode.Parse(await byAccept.Content.ReadAsStringAsync())!;
        var asked = JsonNode.Parse(await byApi.Content.ReadAsStringAsync())!;

        Assert.True(JsonNode.DeepEquals(WithoutMoving(accepted), WithoutMoving(asked)), $"{accepted}\n{asked}");

        var page = await atRest.Api.MetricsAsync();
        foreach (var job in accepted["data"]!["metrics"]!.AsArray().Select(static job => job!.AsObject()))
        {
            var id = job["job_id"]!.GetValue<string>();
            Equal(page, "scheduler_job_success_total", job, id, "success_count");
            Equal(page, "scheduler_job_failure_total", job, id, "failure_count");
            Equal(page, "scheduler_job_retries_total", job, id, "retry_count");
            Equal(page, "scheduler_job_running", job, id, "running");
            Equal(page, "scheduler_job_last_duration_ms", job, id, "last_duration_ms");
            Equal(page, "scheduler_job_duration_avg_ms", job, id, "avg_duration_ms");
            Equal(page, "scheduler_job_duration_p50_ms", job, id, "p50_duration_ms");
            Equal(page, "scheduler_job_duration_p95_ms", job, id, "p95_duration_ms");
            Equal(page, "scheduler_job_duration_p99_ms", job, id, "p99_duration_ms");
            Equal(page, "scheduler_job_duration_min_ms", job, id, "min_duration_ms");
            Equal(page, "scheduler_job_duration_max_ms", job, id, "max_duration_ms");
        }
    }

    [Theory]
    [InlineData(null, TextType)]
    [InlineData("*/*", TextType)]
    [InlineData("text/plain", TextType)]
    [InlineData("application/json", "application/json; charset=utf-8")]
    [InlineData("text/plain;q=0.5, application/json", "application/json; charset=utf-8")]
    [InlineData("application/json;q=0.5, text/plain", TextType)]
    [InlineData("application/openmetrics-text; version=1.0.0, text/plain;q=0.5", OpenMetricsType)]
    public async Task Form_is_what_accept_prefers(string? accept, string type)
    {
        using var answer = await GetAsync("metrics", accept);

        Assert.Equal(type, string.Join(',', answer.Content.Headers.NonValidated["Content-Type"]));
        Assert.Equal(Vary, string.Join(',', answer.Headers.NonValidated["Vary"]));
    }

    [Fact]
    public async Task Page_is_the_same_compressed()
    {
        using var compressed = await GetAsync("metrics", accept: null, encoding: "gzip");
        Assert.Equal(["gzip"], compressed.Content.Headers.ContentEncoding);
        Assert.Equal(Vary, string.Join(',', compressed.Headers.NonValidated["Vary"]));
        var gzip = new GZipStream(await compressed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        await using (gzip)
        {
            using var reader = new StreamReader(gzip, Encoding.UTF8);
            Assert.Equal(AtRest(await atRest.Api.MetricsAsync()), AtRest(MetricsPage.Parse(await reader.ReadToEndAsync())));
        }
    }

    [Fact]
    public async Task OpenMetrics_tells_what_the_text_tells()
    {
        using var answer = await GetAsync("metrics", "application/openmetrics-text");
        var openMetrics = ExpositionPage.ParseOpenMetrics(await answer.Content.ReadAsStringAsync());
        var text = ExpositionPage.ParseText(await Http.GetStringAsync(new Uri("metrics", UriKind.Relative)));

        Assert.Equal(AtRest(text), AtRest(openMetrics));
    }

    [Fact]
    public async Task Page_has_help_and_type_for_every_family_of_the_contract()
    {
        var page = await atRest.Api.MetricsAsync();

        Assert.All(Families, group => Assert.All(group.Names, name =>
        {
            Assert.True(page.Types.TryGetValue(name, out var type), $"{name} is missing");
            Assert.Equal(group.Type, type);
            Assert.EndsWith(".", page.Helps[name], StringComparison.Ordinal);
        }));
        Assert.DoesNotContain(page.Samples.Keys, static s => s.Contains("{job=", StringComparison.Ordinal) || s.Contains(",job=", StringComparison.Ordinal));
        Assert.DoesNotContain(page.Samples.Keys, static s => s.Contains("instance=", StringComparison.Ordinal));
        Assert.Contains(page.Samples.Keys, static s => s.Contains("""job_name="Quoted \" and \\ and ü",owner="unknown",category="billing"}""", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Promtool_accepts_the_page_but_for_the_names_in_milliseconds()
    {
        var findings = await Promtool.CheckAsync(await Http.GetStringAsync(new Uri("metrics", UriKind.Relative)));

        var others = findings.Where(static f => !f.Split(' ')[0].EndsWith("_ms", StringComparison.Ordinal));
        Assert.True(!others.Any(), string.Join('\n', others));
        Assert.NotEmpty(findings);
    }

    [Fact]
    public async Task Promtool_accepts_the_page_of_the_process_without_a_finding()
    {
        Assert.Empty((await Promtool.CheckAsync(await Http.GetStringAsync(new Uri("metrics?scope=node", UriKind.Relative)))).Except(["", "SUCCESS"]));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accept, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var type in accept?.Split(',') ?? [])
        {
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(type.Trim()));
        }

        if (encoding is not null)
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        }

        var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return answer;
    }

    private static void Equal(MetricsPage page, string family, JsonObject job, string id, string field)
    {
        var expected = job[field]!.GetValue<double>();
        Assert.Equal(expected, page.By("job_id", family).GetValueOrDefault(id), tolerance: 1e-9 * Math.Max(1, expected));
    }

    private static JsonNode WithoutMoving(JsonNode node)
    {
        switch (node)
        {
            case JsonObject known:
                foreach (var name in Moving)
                {
                    known.Remove(name);
                }

                foreach (var child in known.Select(static field => field.Value).OfType<JsonNode>())
                {
                    WithoutMoving(child);
                }

                break;
            case JsonArray items:
                foreach (var item in items.OfType<JsonNode>())
                {
                    WithoutMoving(item);
                }

                break;
            default:
                break;
        }

        return node;
    }

    private static IEnumerable<(string Name, string Labels, string Text)> AtRest(ExpositionPage page)
    {
        return page.Samples.Where(static s => !MovingFamilies.Contains(s.Name, StringComparer.Ordinal))
            .Select(static s => (s.Name, s.LabelText(), s.Text));
    }

    private static IEnumerable<KeyValuePair<string, double>> AtRest(MetricsPage page)
    {
        return page.Samples.Where(static s => !MovingFamilies.Contains(s.Key.Split('{')[0], StringComparer.Ordinal));
    }
}
