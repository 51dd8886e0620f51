using System.Net;
using System.Text.Json;

namespace Carillon.Web.Tests.Jobs;

public sealed class BulkApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Jobs = "/api/v1/scheduler/jobs";
    private const string Bulk = $"{Jobs}/bulk";
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Jobs_are_created_each_by_itself_and_the_wrong_ones_say_what_is_wrong()
    {
        var answer = await RunAsync($$$"""
            {"action": "create", "jobs": [
              {{{Job("made-1")}}},
              {"id": "made-2", "schedule": {"cron": "every day"}, "run": {"type": "class", "class": "ok"}},
              {{{Job("made-1")}}}, 7, {"id": ["x"]}, {{{Job("made-3")}}}]}
            """);

        Assert.Equal(6, answer.GetProperty("total").GetInt32());
        Assert.Equal(2, answer.GetProperty("succeeded").GetInt32());
        Assert.Equal(4, answer.GetProperty("failed").GetInt32());
        var items = answer.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal([201, 400, 409, 400, 400, 201], items.Select(static item => item.GetProperty("code").GetInt32()));
        Assert.Equal("made-2", items[1].GetProperty("id").GetString());
        Assert.Contains("every day", items[1].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("made-3", (await _host.DataAsync(HttpMethod.Get, $"{Jobs}/made-3")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Process_is_refused_here_as_everywhere()
    {
        var answer = await RunAsync(
            """{"action": "create", "jobs": [{"id": "dump", "run": {"type": "process", "command": "true"}}]}""");

        var item = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(400, item.GetProperty("code").GetInt32());
        Assert.Contains("security.allow-process", item.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Named_jobs_are_paused_and_resumed_and_unknown_ones_are_told()
    {
        await CreateAsync("night-1", "night-2");

        var paused = await RunAsync(
            """{"action": "pause", "ids": ["night-1", "night-2", "nobody", "no/id"], "reason": "maintenance"}""");

        Assert.Equal([200, 200, 404, 404], Codes(paused));
        var job = await _host.DataAsync(HttpMethod.Get, $"{Jobs}/night-2");
        Assert.Equal("paused", job.GetProperty("status").GetString());
        Assert.Equal([200, 200], Codes(await RunAsync("""{"action": "resume", "ids": ["night-1", "night-2"]}""")));
        Assert.Equal([200], Codes(await RunAsync("""{"action": "delete", "ids": ["night-1"]}""")));
        await _host.ProblemAsync(HttpMethod.Get, $"{Jobs}/night-1", body: null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Filter_acts_on_what_it_matches_when_the_count_is_the_expected_one()
    {
        await CreateAsync("filtered-1", "filtered-2");

        var problem = await _host.ProblemAsync(
            HttpMethod.Post,
            Bulk,
            """{"action": "trigger", "filter": {"q": "filtered-"}, "expected_count": 3}""",
            HttpStatusCode.Conflict);
        Assert.Contains("matches 2 jobs, not 3", problem.GetProperty("message").GetString(), StringComparison.Ordinal);

        var answer = await RunAsync("""{"action": "trigger", "filter": {"q": "filtered-"}, "expected_count": 2}""");
        Assert.Equal([202, 202], Codes(answer));
        Assert.All(
            answer.GetProperty("items").EnumerateArray(),
            static item => Assert.NotEqual(Guid.Empty, item.GetProperty("execution_id").GetGuid()));
    }

    [Theory]
    [InlineData("""{}""", "action is needed: create, pause, resume, trigger, delete")]
    [InlineData("""{"action": "explode", "ids": ["a"]}""", "action 'explode' is not allowed: create")]
    [InlineData("""{"action": "create"}""", "jobs is missing: a list of 1 to 10000 items")]
    [InlineData("""{"action": "create", "jobs": []}""", "jobs has 0 items")]
    [InlineData("""{"action": "create", "jobs": {}}""", "jobs {} is not allowed")]
    [InlineData("""{"action": "create", "jobs": [1], "ids": ["a"]}""", "ids is not known")]
    [InlineData("""{"action": "pause"}""", "either ids or filter")]
    [InlineData("""{"action": "pause", "ids": ["a"], "filter": {"q": "a"}, "expected_count": 1}""", "and not both")]
    [InlineData("""{"action": "pause", "filter": {"q": "a"}}""", "expected_count is missing")]
    [InlineData("""{"action": "pause", "filter": {}, "expected_count": 7}""", "filter is empty")]
    [InlineData("""{"action": "pause", "filter": {"colour": "red"}, "expected_count": 7}""", "filter.colour is not known")]
    [InlineData("""{"action": "pause", "ids": ["a"], "reason": ""}""", "reason has 0 characters")]
    public async Task Body_that_is_not_understood_does_nothing(string body, string message)
    {
        var problem = await _host.ProblemAsync(HttpMethod.Post, Bulk, body, HttpStatusCode.BadRequest);

        Assert.Contains(message, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create", """ "jobs": [1] """)]
    [InlineData("delete", """ "ids": ["a"] """)]
    public async Task Operator_may_not_create_or_delete_in_bulk_either(string action, string what)
    {
        await using var host = await WebHost.StartAsync(_host.Holder.Context, new SecurityOptions
        {
            Tokens = [new TokenOptions { Name = "olga", Role = Role.Operator, Hash = AccessToken.Hash("operator-token") }],
            AllowAnonymousLoopback = false,
        });

        using var response = await host.SendAsync(
            HttpMethod.Post,
            Bulk,
            $$"""{"action": "{{action}}", {{what}}}""",
            ("Authorization", "Bearer operator-token"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(
            "'olga' is operator; this needs the role admin",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    private static string Job(string id)
    {
        return $$$"""{"id": "{{{id}}}", "run": {"type": "class", "class": "ok"}}""";
    }

    private static IEnumerable<int> Codes(JsonElement answer)
    {
        return answer.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("code").GetInt32());
    }

    private Task<JsonElement> RunAsync(string body)
    {
        return _host.DataAsync(HttpMethod.Post, Bulk, body);
    }

    private async Task CreateAsync(params string[] ids)
    {
        var answer = await RunAsync($$"""{"action": "create", "jobs": [{{string.Join(", ", ids.Select(Job))}}]}""");
        Assert.All(Codes(answer), static code => Assert.Equal(201, code));
    }
}
