using System.Net;
using System.Text.Json;

namespace Carillon.Web.Tests.Executions;

public sealed class ErrorsApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Errors_of_a_job_are_grouped_with_their_newest_execution_as_sample()
    {
        await CreateAsync("failing", "fail");
        var first = await TriggerAsync("failing");
        var last = await TriggerAsync("failing");
        await UntilAsync("failing", 2);

        var errors = await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/failing/errors");

        Assert.Equal(1, errors.GetProperty("total").GetInt32());
        var group = errors.GetProperty("items")[0];
        Assert.Equal(2, group.GetProperty("count").GetInt64());
        Assert.Equal("System.InvalidOperationException", group.GetProperty("type").GetString());
        Assert.Equal("it went wrong", group.GetProperty("pattern").GetString());
        Assert.Equal(16, group.GetProperty("fingerprint").GetString()?.Length);
        Assert.Equal("""["failing"]""", group.GetProperty("job_ids").GetRawText());
        var sample = group.GetProperty("sample");
        Assert.Contains(sample.GetProperty("execution_id").GetString(), new[] { first, last });
        Assert.Contains("at ", sample.GetProperty("error").GetProperty("stack").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_all_jobs_are_those_of_the_period()
    {
        await CreateAsync("failing-too", "fail");
        await TriggerAsync("failing-too");
        await UntilAsync("failing-too", 1);

        var now = await _host.DataAsync(HttpMethod.Get, $"{Api}/errors");
        var then = await _host.DataAsync(HttpMethod.Get, $"{Api}/errors?from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z");

        Assert.True(now.GetProperty("errors").GetInt64() >= 1);
        Assert.Equal((0, "2001-01-01T00:00:00.000000Z"), (then.GetProperty("total").GetInt32(), then.GetProperty("from").GetString()));
    }

    [Theory]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "a time before to")]
    [InlineData("limit=0", "limit '0' is not allowed")]
    [InlineData("since=1", "'since' is not known here")]
    public async Task Question_that_is_not_understood_is_refused(string query, string message)
    {
        var problem = await _host.ProblemAsync(HttpMethod.Get, $"{Api}/errors?{query}", null, HttpStatusCode.BadRequest);

        Assert.Contains(message, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_that_is_not_known_is_not_found_and_one_without_errors_has_none()
    {
        await CreateAsync("flawless", "ok");

        await _host.ProblemAsync(HttpMethod.Get, $"{Api}/jobs/nobody/errors", null, HttpStatusCode.NotFound);
        var none = await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/flawless/errors");

        Assert.Equal(JsonValueKind.Array, none.GetProperty("items").ValueKind);
        Assert.Equal(0, none.GetProperty("errors").GetInt64());
    }

    private Task<JsonElement> CreateAsync(string job, string code)
    {
        var definition = $$$"""{"id":"{{{job}}}","overlap":"allow","run":{"type":"class","class":"{{{code}}}"}}""";
        return _host.DataAsync(HttpMethod.Post, $"{Api}/jobs", definition, HttpStatusCode.Created);
    }

    private async Task<string?> TriggerAsync(string job)
    {
        var answer = await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs/{job}/trigger", "{}", HttpStatusCode.Accepted);
        return answer.GetProperty("execution_id").GetString();
    }

    private Task UntilAsync(string job, int errors)
    {
        return Eventually.BeAsync($"{job} has failed {errors} times", async () =>
            (await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/{job}/errors")).GetProperty("errors").GetInt64() == errors);
    }
}
