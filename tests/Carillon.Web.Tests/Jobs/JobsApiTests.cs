using System.Net;
using System.Text.Json;

namespace Carillon.Web.Tests.Jobs;

public sealed class JobsApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Jobs = "/api/v1/scheduler/jobs";

    private static readonly string[] Finding =
        ["q=crud-1", "q=FIRST", "owner=ops", "category=billing", "tag=x", "status=pending&q=crud"];

    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Job_created_is_read_listed_and_found_by_its_fields()
    {
        await CreateAsync("crud-1", "\"name\":\"First\",\"owner\":\"ops\",\"category\":\"billing\",\"tags\":[\"x\"],");

        var read = await _host.DataAsync(HttpMethod.Get, $"{Jobs}/crud-1");
        Assert.Equal("First", Text(read, "name"));
        Assert.Equal("pending", Text(read, "status"));
        Assert.Equal(JsonValueKind.Null, read.GetProperty("metrics").GetProperty("success_rate").ValueKind);
        foreach (var query in Finding)
        {
            var list = await _host.DataAsync(HttpMethod.Get, $"{Jobs}?{query}");
            var items = list.GetProperty("items").EnumerateArray();
            Assert.Contains(items, static job => job.GetProperty("id").ValueEquals("crud-1"));
        }
    }

    [Fact]
    public async Task Creation_tells_where_the_job_is()
    {
        using var response = await _host.SendAsync(
            HttpMethod.Post, Jobs, """{"id":"where","run":{"type":"class","class":"ok"}}""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"{Jobs}/where", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Job_that_exists_is_not_created_again()
    {
        await CreateAsync("twice");

        var problem = await _host.ProblemAsync(
            HttpMethod.Post, Jobs, """{"id":"twice","run":{"type":"class","class":"ok"}}""", HttpStatusCode.Conflict);

        Assert.Equal("job 'twice' exists already", Text(problem, "message"));
    }

    [Fact]
    public async Task Change_is_in_the_list_as_soon_as_it_is_answered()
    {
        await CreateAsync("changes");
        for (var i = 0; i < 20; i++)
        {
            var body = $$"""{"name":"name {{i}}","run":{"type":"class","class":"ok"} }""";
            var put = await _host.DataAsync(HttpMethod.Put, $"{Jobs}/changes", body);
            Assert.Equal(i + 2, put.GetProperty("version").GetInt64());
            var listed = await _host.DataAsync(HttpMethod.Get, $"{Jobs}?q=changes");
            Assert.Equal($"name {i}", Text(Assert.Single(listed.GetProperty("items").EnumerateArray()), "name"));
        }
    }

    [Fact]
    public async Task Job_that_is_not_there_can_be_neither_read_nor_changed()
    {
        const string Body = """{"run":{"type":"class","class":"ok"}}""";
        foreach (var id in new[] { "missing", "..%2F..", "a%20b", "a,b", new string('x', 300) })
        {
            await _host.ProblemAsync(HttpMethod.Get, $"{Jobs}/{id}", null, HttpStatusCode.NotFound);
            await _host.ProblemAsync(HttpMethod.Put, $"{Jobs}/{id}", Body, HttpStatusCode.NotFound);
            await _host.ProblemAsync(HttpMethod.Delete, $"{Jobs}/{id}", null, HttpStatusCode.NotFound);
            await _host.ProblemAsync(HttpMethod.Get, $"{Jobs}/{id}/next", null, HttpStatusCode.NotFound);
            await _host.ProblemAsync(HttpMethod.Get, $"{Jobs}/{id}/executions", null, HttpStatusCode.NotFound);
            await _host.ProblemAsync(HttpMethod.Post, $"{Jobs}/{id}/trigger", "{}", HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Deleted_job_is_gone_at_once()
    {
        await CreateAsync("short-lived");

        var deleted = await _host.DataAsync(HttpMethod.Delete, $"{Jobs}/short-lived");

        Assert.Equal("short-lived", Text(deleted, "id"));
        await _host.ProblemAsync(HttpMethod.Get, $"{Jobs}/short-lived", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Secret_in_a_header_is_never_answered()
    {
        const string Body =
            """
            {"id":"secret", "run":{
              "type":"http", "url":"http://127.0.0.1:9/", "headers":{"Authorization":"s3cret", "X-Key":"${?KEY}"}
            }}
            """;
        var created = await _host.DataAsync(HttpMethod.Post, Jobs, Body, HttpStatusCode.Created);
        var put = await _host.DataAsync(HttpMethod.Put, $"{Jobs}/secret", created.GetRawText());
        var read = await _host.DataAsync(HttpMethod.Get, $"{Jobs}/secret");

        foreach (var answer in new[] { created, put, read })
        {
            Assert.Equal("***", Text(answer.GetProperty("run").GetProperty("headers"), "Authorization"));
            Assert.Equal("${?KEY}", Text(answer.GetProperty("run").GetProperty("headers"), "X-Key"));
        }
    }

    [Fact]
    public async Task All_problems_of_a_definition_are_listed()
    {
        const string Body = """{"id":"x y","nam":1,"grace":"2d","run":{"type":"class","class":"ok"}}""";
        var problem = await _host.ProblemAsync(HttpMethod.Post, Jobs, Body, HttpStatusCode.BadRequest);

        Assert.Equal(3, problem.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Next_occurrences_are_told_with_the_local_time()
    {
        await CreateAsync("nightly", """ "schedule":{"cron":"0 2 * * *","time_zone":"Europe/Berlin"},""");

        var next = await _host.DataAsync(HttpMethod.Get, $"{Jobs}/nightly/next?count=3");

        Assert.Equal("Europe/Berlin", Text(next, "time_zone"));
        Assert.True(next.GetProperty("will_run").GetBoolean());
        Assert.Equal(3, next.GetProperty("items").GetArrayLength());
        Assert.All(next.GetProperty("items").EnumerateArray(), static item =>
            Assert.Matches(@"^\d{4}-\d\d-\d\dT02:00:00\+0[12]:00$", Text(item, "local_time")));
    }

    [Fact]
    public async Task Next_occurrences_come_with_the_dates_on_which_clocks_change()
    {
        await CreateAsync("both-times", """ "schedule":{"cron":"30 2 * * *","time_zone":"Europe/Berlin","dst":"both"},""");

        var next = await _host.DataAsync(HttpMethod.Get, $"{Jobs}/both-times/next?count=1");

        var decisions = next.GetProperty("affected_dates").EnumerateArray().Select(static d => Text(d, "decision")).ToList();
        Assert.Contains(decisions, static d => d!.StartsWith("02:30 does not exist on ", StringComparison.Ordinal));
        Assert.Contains(decisions, static d => d!.StartsWith("02:30 comes twice on ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delay_has_no_next_occurrence_before_its_last_end_is_known()
    {
        await CreateAsync("rests", """ "schedule":{"every":"5m","every_from":"end"},""");

        var next = await _host.DataAsync(HttpMethod.Get, $"{Jobs}/rests/next");

        Assert.Equal(0, next.GetProperty("items").GetArrayLength());
        Assert.StartsWith("each run is due 00:05:00 after the end", Text(next, "note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calendar_that_the_node_does_not_know_is_refused()
    {
        const string Body =
            """{"id":"x","schedule":{"cron":"@daily","exclude":["moon"]},"run":{"type":"class","class":"ok"}}""";
        var problem = await _host.ProblemAsync(HttpMethod.Post, Jobs, Body, HttpStatusCode.BadRequest);

        Assert.Contains("schedule.exclude 'moon' is not a calendar", Text(problem, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_without_a_schedule_has_no_next_occurrence_and_counts_are_bounded()
    {
        await CreateAsync("by-hand");

        var next = await _host.DataAsync(HttpMethod.Get, $"{Jobs}/by-hand/next");

        Assert.Equal(0, next.GetProperty("items").GetArrayLength());
        await _host.ProblemAsync(HttpMethod.Get, $"{Jobs}/by-hand/next?count=101", null, HttpStatusCode.BadRequest);
        await _host.ProblemAsync(HttpMethod.Get, $"{Jobs}/by-hand/next?count=0", null, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Payload_as_deep_as_allowed_is_answered_in_a_list()
    {
        // The body itself is one level, so the payload may have one less than the limit.
        var depth = JsonBody.MaxDepth - 1;
        var payload = new string('[', depth) + new string(']', depth);
        await CreateAsync("deep", $"\"payload\":{payload},");

        var list = await _host.DataAsync(HttpMethod.Get, $"{Jobs}?q=deep");

        Assert.Equal(payload, list.GetProperty("items")[0].GetProperty("payload").GetRawText());
        var deeper = $$"""{"id":"deeper","payload":[{{payload}}],"run":{"type":"class","class":"ok"} }""";
        await _host.ProblemAsync(HttpMethod.Post, Jobs, deeper, HttpStatusCode.BadRequest);
    }

    private static string? Text(JsonElement element, string name)
    {
        return element.GetProperty(name).GetString();
    }

    private Task<JsonElement> CreateAsync(string id, string members = "")
    {
        var body = $$"""{"id":"{{id}}",{{members}}"run":{"type":"class","class":"ok"} }""";
        return _host.DataAsync(HttpMethod.Post, Jobs, body, HttpStatusCode.Created);
    }
}
