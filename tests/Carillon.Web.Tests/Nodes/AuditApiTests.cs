using System.Net;
using System.Text.Json;
using Carillon.Actors;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web.Tests.Nodes;

public sealed class AuditApiTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Findings = "/api/v1/scheduler/audit/findings";
    private readonly SimulatedNode _node = new();

    public Task InitializeAsync()
    {
        return _node.UntilOpenAsync();
    }

    public ValueTask DisposeAsync()
    {
        return _node.DisposeAsync();
    }

    Task IAsyncLifetime.DisposeAsync()
    {
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Node_without_findings_is_healthy_and_says_that_nothing_is_audited_yet()
    {
        await using var host = await WebHost.StartAsync(_node.Context);

        var audit = await host.DataAsync(HttpMethod.Get, Findings);
        var health = await HealthAsync(host);

        Assert.Equal(0, audit.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, audit.GetProperty("audited_through").ValueKind);
        Assert.Equal("healthy", health.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Finding_is_listed_counted_on_the_metrics_page_and_degrades_health()
    {
        await using var host = await WebHost.StartAsync(_node.Context);
        var now = _node.Context.Clock.GetUtcNow();
        var finding = new AuditFinding("job", now.AddMinutes(-9), AuditFindingKind.Duplicate, 2, now, "two attempts");
        await RecordAsync(new SaveAudit(new ShardAudit(now.AddMinutes(-5), 1, 0, now), [finding]));

        var audit = await host.DataAsync(HttpMethod.Get, $"{Findings}?kind=duplicate");
        var none = await host.DataAsync(HttpMethod.Get, $"{Findings}?kind=missed");
        using var page = await host.GetAsync("/metrics");
        var health = await HealthAsync(host);

        var item = Assert.Single(audit.GetProperty("items").EnumerateArray());
        Assert.Equal(("job", "duplicate", 2), (item.GetProperty("job_id").GetString(), item.GetProperty("kind").GetString(), item.GetProperty("attempt").GetInt32()));
        Assert.Equal(ExecutionId.Of("job", finding.ScheduledAt), item.GetProperty("execution_id").GetGuid());
        Assert.Equal((1L, 0L), (audit.GetProperty("duplicates_total").GetInt64(), audit.GetProperty("missed_total").GetInt64()));
        Assert.Equal(0, none.GetProperty("items").GetArrayLength());
        var text = await page.Content.ReadAsStringAsync();
        Assert.Contains("\nscheduler_audit_duplicates_total 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nscheduler_audit_missed_total 0\n", text, StringComparison.Ordinal);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Contains("1 duplicates, 0 missed", health.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kind_that_is_not_known_is_refused()
    {
        await using var host = await WebHost.StartAsync(_node.Context);

        var problem = await host.ProblemAsync(HttpMethod.Get, $"{Findings}?kind=lost", null, HttpStatusCode.BadRequest);

        Assert.Contains("duplicate, missed", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task RecordAsync(SaveAudit save)
    {
        var owned = await _node.ReadShardsAsync();
        await owned.Shards[0].Jobs.AskAsync<object, AuditRecorded>(replyTo => new RecordAudit(save, replyTo));
    }

    private static async Task<JsonElement> HealthAsync(WebHost host)
    {
        using var response = await host.GetAsync("/health");
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("dependencies").GetProperty("audit");
    }
}
