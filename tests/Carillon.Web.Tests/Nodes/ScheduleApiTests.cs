using System.Net;
using System.Text.Json;

namespace Carillon.Web.Tests.Nodes;

public sealed class ScheduleApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Schedule_pages_through_what_is_due_of_the_jobs_that_match()
    {
        await CreateAsync("due-hourly", """{"every":"1h","start":"2040-01-01T00:00:00Z"}""");
        await CreateAsync("due-dense", """{"every":"1s","start":"2040-01-01T00:00:00Z"}""");
        await CreateAsync("other", """{"every":"1h","start":"2040-01-01T00:00:00Z"}""");
        const string Query = "from=2040-01-01T00:00:00Z&to=2040-01-02T00:00:00Z&q=DUE-&limit=100";

        var first = await _host.DataAsync(HttpMethod.Get, $"{Api}/schedule?{Query}");
        var second = await _host.DataAsync(HttpMethod.Get, $"{Api}/schedule?{Query}&cursor={first.GetProperty("next_cursor").GetString()}");

        Assert.Equal("15m", first.GetProperty("fold").GetString());
        Assert.Equal((100, 20), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next_cursor").ValueKind);
        var dense = first.GetProperty("items")[0];
        Assert.Equal(("due-dense", 900), (dense.GetProperty("job_id").GetString(), dense.GetProperty("count").GetInt32()));
        Assert.Equal("2040-01-01T00:14:59.000000Z", dense.GetProperty("last_at").GetString());
    }

    [Theory]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "a time after from")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2036-01-01T00:00:00Z", "at most 366 days")]
    [InlineData("cursor=x", "cursor 'x' is not valid")]
    [InlineData("limit=1001", "limit '1001' is not allowed")]
    public async Task Question_that_is_not_understood_is_refused(string query, string message)
    {
        var problem = await _host.ProblemAsync(HttpMethod.Get, $"{Api}/schedule?{query}", null, HttpStatusCode.BadRequest);

        Assert.Contains(message, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pulse_of_a_panel_changes_when_what_it_shows_has_changed_and_else_stays()
    {
        await Eventually.BeAsync(
            "the node knows of itself", async () => (await _host.DataAsync(HttpMethod.Get, $"{Api}/nodes")).GetProperty("items").GetArrayLength() == 1);
        var before = await PulseAsync();
        Assert.Equal(before, await PulseAsync());

        await CreateAsync("pulsing", "{}");
        var created = await PulseAsync();
        await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs/pulsing/trigger", "{}", HttpStatusCode.Accepted);
        var triggered = await PulseAsync();
        await _host.DataAsync(HttpMethod.Post, $"{Api}/pause", """{"reason":"a test"}""");
        await Eventually.BeAsync("the pause is known", async () => (await PulseAsync()).Scheduler != before.Scheduler);
        await _host.DataAsync(HttpMethod.Post, $"{Api}/resume", "{}");

        Assert.NotEqual(before.Jobs, created.Jobs);
        Assert.Equal((before.Executions, before.Nodes, before.Scheduler), (created.Executions, created.Nodes, created.Scheduler));
        Assert.NotEqual(created.Jobs, triggered.Jobs);
        Assert.NotEqual(created.Executions, triggered.Executions);
        await Eventually.BeAsync("the pause is over", async () => (await PulseAsync()).Scheduler == before.Scheduler);
    }

    private async Task<(long Jobs, long Executions, long Nodes, long Scheduler)> PulseAsync()
    {
        var pulse = await _host.DataAsync(HttpMethod.Get, $"{Api}/pulse");
        return (Of("jobs"), Of("executions"), Of("nodes"), Of("scheduler"));

        long Of(string panel)
        {
            return pulse.GetProperty(panel).GetInt64();
        }
    }

    private Task<JsonElement> CreateAsync(string id, string schedule)
    {
        var job = $$$"""{"id":"{{{id}}}","schedule":{{{schedule}}},"run":{"type":"class","class":"ok"}}""";
        return _host.DataAsync(HttpMethod.Post, $"{Api}/jobs", job, HttpStatusCode.Created);
    }
}
