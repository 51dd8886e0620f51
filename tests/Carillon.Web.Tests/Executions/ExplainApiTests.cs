using System.Net;
using System.Text.Json;

namespace Carillon.Web.Tests.Executions;

public sealed class ExplainApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Triggered_execution_is_found_by_its_time_and_by_its_second()
    {
        var execution = await RunAsync("explained", "fail");
        var at = execution.GetProperty("scheduled_at").GetString()!;

        var exact = await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/explained/explain?at={at}");
        var second = await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/explained/explain?at={at[..19]}Z");

        Assert.Equal("ran", exact.GetProperty("decision").GetString());
        Assert.Equal("failed", exact.GetProperty("outcome").GetString());
        Assert.Contains("it went wrong", exact.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("node-a", exact.GetProperty("attempts")[0].GetProperty("node").GetString());
        Assert.True(exact.GetProperty("evidence").GetProperty("rows")[0].GetProperty("finished_no").GetInt64() > 0);
        Assert.True(exact.GetProperty("owner").GetProperty("epoch").GetInt64() > 0);
        Assert.Equal(execution.GetProperty("execution_id").GetString(), exact.GetProperty("execution_id").GetString());
        Assert.Equal(exact.GetProperty("execution_id").GetString(), second.GetProperty("execution_id").GetString());
    }

    [Fact]
    public async Task Time_that_was_never_due_says_what_was()
    {
        const string Job = """{"id":"nightly","schedule":{"cron":"0 2 * * *"},"run":{"type":"class","class":"ok"}}""";
        await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs", Job, HttpStatusCode.Created);

        var none = await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/nightly/explain?at=2999-01-01T03:00:00Z");
        var due = await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/nightly/explain?at=2999-01-01T02:00:00Z");
        var early = await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/nightly/explain?at=2001-01-01T02:00:00Z");

        Assert.Equal("not_due", none.GetProperty("decision").GetString());
        Assert.Equal("2999-01-01T02:00:00.000000Z", none.GetProperty("evidence").GetProperty("previous").GetString());
        Assert.Equal("2999-01-02T02:00:00.000000Z", none.GetProperty("evidence").GetProperty("next").GetString());
        Assert.Equal("upcoming", due.GetProperty("decision").GetString());
        Assert.Contains("did not exist then", early.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "at is missing")]
    [InlineData("?at=yesterday", "at 'yesterday' is not allowed")]
    [InlineData("?at=9999-12-31T23:59:59Z", "at '9999-12-31T23:59:59Z' is not allowed")]
    public async Task Time_that_cannot_be_read_is_refused(string query, string message)
    {
        const string Job = """{"id":"refusing","run":{"type":"class","class":"ok"}}""";
        using var created = await _host.SendAsync(HttpMethod.Post, $"{Api}/jobs", Job);

        var problem = await _host.ProblemAsync(HttpMethod.Get, $"{Api}/jobs/refusing/explain{query}", null, HttpStatusCode.BadRequest);

        Assert.Contains(message, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_that_is_not_known_is_not_found_and_a_deleted_one_is_while_its_record_is_kept()
    {
        await _host.ProblemAsync(HttpMethod.Get, $"{Api}/jobs/nobody/explain?at=2026-01-01T00:00:00Z", null, HttpStatusCode.NotFound);
        var execution = await RunAsync("gone", "ok");
        await _host.DataAsync(HttpMethod.Delete, $"{Api}/jobs/gone");

        var explained = await _host.DataAsync(
            HttpMethod.Get, $"{Api}/jobs/gone/explain?at={execution.GetProperty("scheduled_at").GetString()}");

        Assert.Equal("ran", explained.GetProperty("decision").GetString());
        Assert.Equal(JsonValueKind.Null, explained.GetProperty("evidence").GetProperty("created_at").ValueKind);
    }

    private async Task<JsonElement> RunAsync(string job, string code)
    {
        var definition = $$$"""{"id":"{{{job}}}","run":{"type":"class","class":"{{{code}}}"}}""";
        await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs", definition, HttpStatusCode.Created);
        var answer = await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs/{job}/trigger", "{}", HttpStatusCode.Accepted);
        var path = $"{Api}/executions/{answer.GetProperty("execution_id").GetString()}";
        JsonElement execution = default;
        await Eventually.BeAsync($"{job} has ended", async () =>
        {
            execution = await _host.DataAsync(HttpMethod.Get, path);
            return execution.GetProperty("finished_at").ValueKind == JsonValueKind.String;
        });
        return execution;
    }
}
