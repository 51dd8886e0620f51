using System.Net;
using System.Text.Json;

namespace Carillon.Web.Tests.Executions;

public sealed class ExecutionsApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Pages_follow_each_other_until_the_cursor_ends()
    {
        const string Job = """{"id":"pages","run":{"type":"class","class":"ok"}}""";
        await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs", Job, HttpStatusCode.Created);
        for (var i = 0; i < 5; i++)
        {
            await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs/pages/trigger", "{}", HttpStatusCode.Accepted);
        }

        var seen = new List<string?>();
        var cursor = string.Empty;
        do
        {
            var page = await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/pages/executions?limit=2&cursor={cursor}");
            Assert.Equal(5, page.GetProperty("total").GetInt64());
            var items = page.GetProperty("items").EnumerateArray();
            seen.AddRange(items.Select(static item => item.GetProperty("execution_id").GetString()));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(5, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("trigger=cron", "trigger")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-11-22", "to")]
    [InlineData("limit=x", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("node=%00", "node")]
    [InlineData("statsu=failed", "statsu")]
    [InlineData("limit=1&limit=2", "limit")]
    public async Task Filter_that_is_not_understood_is_refused_by_name(string query, string name)
    {
        var path = $"{Api}/executions?{query}";
        var problem = await _host.ProblemAsync(HttpMethod.Get, path, null, HttpStatusCode.BadRequest);

        Assert.Contains(name, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff")]
    [InlineData("{019a0000-0000-7000-8000-000000000000}")]
    [InlineData("nonsense")]
    public async Task Execution_that_is_not_there_is_not_found(string id)
    {
        await _host.ProblemAsync(HttpMethod.Get, $"{Api}/executions/{id}", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Running_execution_shows_how_far_it_is_and_what_it_prints_and_ends_when_it_is_cancelled()
    {
        var id = await TriggerAsync("reporting", "report", """{"payload":{"n":1}}""");
        await UntilAsync(id, "it says how far it is", static e => Live(e).ValueKind == JsonValueKind.Object
            && Live(e).GetProperty("progress").ValueKind == JsonValueKind.Number);

        var running = await _host.DataAsync(HttpMethod.Get, $"{Api}/executions/{id}");
        Assert.Equal("""{"state":"running","progress":0.5,"text":"half way"}""", Live(running).GetRawText());
        var output = await _host.DataAsync(HttpMethod.Get, $"{Api}/executions/{id}/output");
        Assert.Equal(
            """[{"attempt":1,"is_complete":false,"text":"so far\n"}]""", output.GetProperty("attempts").GetRawText());
        await _host.ProblemAsync(HttpMethod.Post, $"{Api}/executions/{id}/retry", "{}", HttpStatusCode.Conflict);

        await _host.DataAsync(
            HttpMethod.Post, $"{Api}/executions/{id}/cancel", """{"reason":"too slow"}""", HttpStatusCode.Accepted);
        await UntilAsync(id, "it is cancelled", static e => e.GetProperty("status").GetString() == "cancelled");

        var ended = await _host.DataAsync(HttpMethod.Get, $"{Api}/executions/{id}");
        Assert.Equal("cancelled by anonymous (loopback): too slow", ended.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, Live(ended).ValueKind);
        output = await _host.DataAsync(HttpMethod.Get, $"{Api}/executions/{id}/output");
        Assert.True(output.GetProperty("attempts")[0].GetProperty("is_complete").GetBoolean());
        var problem = await _host.ProblemAsync(
            HttpMethod.Post, $"{Api}/executions/{id}/cancel", "{}", HttpStatusCode.Conflict);
        Assert.Contains("has ended: cancelled", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_of_an_ended_execution_is_a_new_one_with_the_same_payload()
    {
        var id = await TriggerAsync("retried", "fail", """{"payload":{"n":1}}""");
        await UntilAsync(id, "it has failed", static e => e.GetProperty("status").GetString() == "failed");

        var answer = await _host.DataAsync(HttpMethod.Post, $"{Api}/executions/{id}/retry", "{}", HttpStatusCode.Accepted);

        var again = answer.GetProperty("execution_id").GetGuid();
        Assert.NotEqual(id, again);
        var execution = await _host.DataAsync(HttpMethod.Get, $"{Api}/executions/{again}");
        Assert.Equal("""{"n":1}""", execution.GetProperty("payload").GetRawText());
        Assert.Equal("manual", execution.GetProperty("trigger").GetString());
    }

    [Theory]
    [InlineData("cancel", """{"reason":""}""")]
    [InlineData("cancel", """{"why":"x"}""")]
    [InlineData("retry", """{"payload":{}}""")]
    public async Task Body_that_is_not_understood_does_nothing(string action, string body)
    {
        var id = await TriggerAsync($"not-understood-{action}{body.Length}", "ok", "{}");
        await UntilAsync(id, "it has succeeded", static e => e.GetProperty("status").GetString() == "succeeded");

        await _host.ProblemAsync(HttpMethod.Post, $"{Api}/executions/{id}/{action}", body, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("retry")]
    public async Task Nothing_can_be_done_with_an_execution_that_is_not_there(string action)
    {
        var path = $"{Api}/executions/{Guid.NewGuid()}/{action}";
        await _host.ProblemAsync(HttpMethod.Post, path, "{}", HttpStatusCode.NotFound);
    }

    private static JsonElement Live(JsonElement execution)
    {
        return execution.GetProperty("attempts") is { } attempts && attempts.GetArrayLength() > 0
            ? attempts[0].GetProperty("live")
            : default;
    }

    private async Task<Guid> TriggerAsync(string job, string code, string body)
    {
        var definition = $$$"""{"id":"{{{job}}}","run":{"type":"class","class":"{{{code}}}"}}""";
        await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs", definition, HttpStatusCode.Created);
        var answer = await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs/{job}/trigger", body, HttpStatusCode.Accepted);
        return answer.GetProperty("execution_id").GetGuid();
    }

    private Task UntilAsync(Guid execution, string what, Predicate<JsonElement> isSo)
    {
        return Eventually.BeAsync(
            what, async () => isSo(await _host.DataAsync(HttpMethod.Get, $"{Api}/executions/{execution}")));
    }

    [Fact]
    public async Task List_says_when_it_was_read()
    {
        var before = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);

        var page = await _host.DataAsync(HttpMethod.Get, $"{Api}/executions");

        Assert.True(page.GetProperty("as_of").GetDateTimeOffset() >= before);
        Assert.Equal(JsonValueKind.True, page.GetProperty("total_is_exact").ValueKind);
    }
}
