using System.Globalization;
using System.Net;
using System.Text.Json;
using Carillon.Metrics;

namespace Carillon.Web.Tests.Operations;

public sealed class OperationsApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler/operations";
    private readonly WebHost _host = fixture.Host;
    private readonly OperationRecorder _metrics = fixture.Node.Recorder;

    [Fact]
    public async Task Operation_has_its_figures_altogether_and_by_labels()
    {
        for (var i = 1; i <= 100; i++)
        {
            _metrics.Record("plan", TimeSpan.FromMilliseconds(i), ("tenant", "acme"));
        }

        _metrics.RecordFailure("plan", TimeSpan.FromSeconds(1), "TimeoutException", ("tenant", "umbrella"));
        _metrics.RecordRetry("plan", 3, ("tenant", "umbrella"));
        var plan = await UntilAsync("plan", static data => data.GetProperty("total").GetProperty("retry_count").GetInt64() == 1);

        var total = plan.GetProperty("total");
        Assert.Equal((101, 100, 1), (total.GetProperty("calls").GetInt64(), total.GetProperty("success_count").GetInt64(), total.GetProperty("failure_count").GetInt64()));
        Assert.Equal(100 / 101.0, total.GetProperty("success_rate").GetDouble(), 6);
        Assert.Equal("""{"TimeoutException":1}""", total.GetProperty("error_types").GetRawText());
        Assert.Equal(3, total.GetProperty("highest_attempt").GetInt32());
        Assert.Equal(6_050, total.GetProperty("total_duration_ms").GetDouble());
        Assert.Equal((1, 1_000), (total.GetProperty("min_duration_ms").GetDouble(), total.GetProperty("max_duration_ms").GetDouble()));
        Assert.InRange(total.GetProperty("p90_duration_ms").GetDouble(), 90 * 0.99, 92 * 1.01);
        Assert.Equal(JsonValueKind.Null, plan.GetProperty("resolution").ValueKind);
        Assert.Equal(
            ["""{"tenant":"acme"}""", """{"tenant":"umbrella"}"""],
            plan.GetProperty("series").EnumerateArray().Select(static s => s.GetProperty("labels").GetRawText()),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Period_is_rounded_outward_and_says_so()
    {
        _metrics.Record("period", TimeSpan.FromMilliseconds(5));
        await UntilAsync("period", static data => data.GetProperty("total").GetProperty("calls").GetInt64() == 1);
        var now = DateTimeOffset.Now;

        var inside = await ReadAsync("period", now.AddMinutes(-1), now.AddMinutes(1));
        var before = await ReadAsync("period", now.AddHours(-3), now.AddHours(-2));

        Assert.Equal(1, inside.GetProperty("total").GetProperty("calls").GetInt64());
        Assert.Equal("minute", inside.GetProperty("resolution").GetString());
        Assert.Equal(0, inside.GetProperty("from").GetDateTimeOffset().Second);
        Assert.True(inside.GetProperty("to").GetDateTimeOffset() >= now.AddMinutes(1));
        Assert.Equal(0, before.GetProperty("total").GetProperty("calls").GetInt64());
        Assert.Empty(before.GetProperty("series").EnumerateArray());
        Assert.Equal("hour", (await ReadAsync("period", now.AddDays(-30), now)).GetProperty("resolution").GetString());
    }

    [Fact]
    public async Task List_is_by_name_in_pages_and_can_be_searched()
    {
        foreach (var name in (string[])["list/b", "list/a", "LIST/c"])
        {
            _metrics.Record(name, TimeSpan.Zero, ("k", "v"));
        }

        await UntilAsync("LIST%2Fc", static _ => true);
        await UntilAsync("list%2Fa", static _ => true);
        await UntilAsync("list%2Fb", static _ => true);

        var first = await _host.DataAsync(HttpMethod.Get, $"{Api}?q=list&limit=2");
        var second = await _host.DataAsync(
            HttpMethod.Get, $"{Api}?q=list&limit=2&cursor={first.GetProperty("next_cursor").GetString()}");

        Assert.Equal(["LIST/c", "list/a"], Names(first));
        Assert.Equal(["list/b"], Names(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next_cursor").ValueKind);
        Assert.Equal(3, first.GetProperty("total").GetInt64());
        var row = first.GetProperty("items")[0];
        Assert.Equal(("""["k"]""", 1), (row.GetProperty("label_names").GetRawText(), row.GetProperty("label_sets").GetInt32()));
        Assert.Equal(1, row.GetProperty("calls").GetInt64());
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound, "there is no operation 'nothing'")]
    [InlineData("?cursor=!", HttpStatusCode.BadRequest, "cursor")]
    [InlineData("?limit=0", HttpStatusCode.BadRequest, "limit '0' is not allowed")]
    public async Task Bad_question_is_refused_with_its_reason(string rest, HttpStatusCode status, string reason)
    {
        var problem = await _host.ProblemAsync(HttpMethod.Get, Api + rest, body: null, status);

        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Period_that_ends_before_it_begins_is_refused()
    {
        _metrics.Record("backwards", TimeSpan.Zero);
        await UntilAsync("backwards", static _ => true);

        await _host.ProblemAsync(
            HttpMethod.Get, $"{Api}/backwards?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", body: null, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Families_of_operations_are_in_the_summary_and_on_the_page()
    {
        _metrics.Record("paged", TimeSpan.FromMilliseconds(5));
        await UntilAsync("paged", static _ => true);

        using var page = await _host.GetAsync("/metrics");
        var summary = await _host.DataAsync(HttpMethod.Get, "/api/v1/scheduler/metrics/summary");

        Assert.Contains(
            "scheduler_operation_duration_seconds_sum{operation=\"paged\"} 0.005\n", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(summary.GetProperty("enabled").GetBoolean());
        Assert.Equal(4, summary.GetProperty("families").EnumerateArray().Count(
            static f => f.GetProperty("name").GetString()!.StartsWith("scheduler_operation_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Reset_begins_operations_anew_and_keeps_past_periods()
    {
        await using var node = new SimulatedNode();
        await node.UntilOpenAsync();
        await using var host = await WebHost.StartAsync(node.Context);
        node.Recorder.Record("plan", TimeSpan.FromMilliseconds(5));
        await Eventually.BeAsync("the operation is known", async () =>
        {
            using var answer = await host.GetAsync($"{Api}/plan");
            return answer.IsSuccessStatusCode;
        });

        var reset = await host.DataAsync(HttpMethod.Post, "/api/v1/scheduler/metrics/reset", "{}");

        var plan = await host.DataAsync(HttpMethod.Get, $"{Api}/plan");
        Assert.Equal(0, plan.GetProperty("total").GetProperty("calls").GetInt64());
        Assert.Equal(reset.GetProperty("since").GetString(), plan.GetProperty("from").GetString());
        var now = DateTimeOffset.Now;
        var period = await host.DataAsync(HttpMethod.Get, $"{Api}/plan?from={Text(now.AddMinutes(-2))}&to={Text(now.AddMinutes(1))}");
        Assert.Equal(1, period.GetProperty("total").GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task Operation_beyond_a_threshold_degrades_the_health_and_is_named_with_the_figure()
    {
        await using var node = new SimulatedNode();
        await node.UntilOpenAsync();
        await using var host = await WebHost.StartAsync(node.Context);
        for (var i = 0; i < 100; i++)
        {
            node.Recorder.Record("healthy", TimeSpan.FromSeconds(1));
            node.Recorder.RecordFailure("sick", TimeSpan.FromSeconds(9), i < 10 ? "E" : null);
        }

        JsonElement operations = default;
        await Eventually.BeAsync("the operation is noticed", async () =>
        {
            using var response = await host.GetAsync("/health");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            operations = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("dependencies").GetProperty("operations");
            return operations.GetProperty("status").GetString() is "degraded";
        });

        var detail = operations.GetProperty("detail").GetString()!;
        Assert.Contains("sick: 90.0 % of calls fail with unknown, more than 5.0 %", detail, StringComparison.Ordinal);
        Assert.Contains("sick: 0.0 % of calls succeed, less than 95.0 %", detail, StringComparison.Ordinal);
        Assert.Contains("sick: 95 % of calls take up to 9.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("healthy:", detail, StringComparison.Ordinal);
        var check = await new NodeHealthCheck(host.Holder).CheckHealthAsync(new());
        Assert.Equal(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded, check.Status);
        Assert.Contains("operations: sick", check.Description, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Names(JsonElement list)
    {
        return list.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("name").GetString());
    }

    private Task<JsonElement> ReadAsync(string name, DateTimeOffset from, DateTimeOffset to)
    {
        return _host.DataAsync(HttpMethod.Get, $"{Api}/{name}?from={Text(from)}&to={Text(to)}");
    }

    private static string Text(DateTimeOffset instant)
    {
        return instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
    }

    private async Task<JsonElement> UntilAsync(string name, Predicate<JsonElement> isTrue)
    {
        JsonElement data = default;
        await Eventually.BeAsync($"operation {name} is as expected", async () =>
        {
            using var response = await _host.GetAsync($"{Api}/{name}");
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return false;
            }

            data = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("data");
            return isTrue(data);
        });
        return data;
    }
}
