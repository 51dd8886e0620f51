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
    public async Task List_says_when_it_was_read()
    {
        var before = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);

        var page = await _host.DataAsync(HttpMethod.Get, $"{Api}/executions");

        Assert.True(page.GetProperty("as_of").GetDateTimeOffset() >= before);
        Assert.Equal(JsonValueKind.True, page.GetProperty("total_is_exact").ValueKind);
    }
}
