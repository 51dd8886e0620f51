using System.Net;
using System.Text.Json;

namespace Carillon.Web.Tests.Nodes;

public sealed class SchedulerApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Paused_scheduler_says_why_in_its_status_starts_nothing_and_goes_on_when_resumed()
    {
        await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs", """{"id":"held","run":{"type":"class","class":"ok"}}""", HttpStatusCode.Created);

        var paused = await _host.DataAsync(HttpMethod.Post, $"{Api}/pause", """{"reason":"moving","until":"2099-01-01T00:00:00Z"}""");
        await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs/held/trigger", "{}", HttpStatusCode.Accepted);
        var status = await _host.DataAsync(HttpMethod.Get, $"{Api}/status");

        Assert.Equal("moving", paused.GetProperty("pause").GetProperty("reason").GetString());
        Assert.False(status.GetProperty("running").GetBoolean());
        Assert.Equal(
            ("moving", "anonymous (loopback)", "2099-01-01T00:00:00.000000Z"),
            (Text(status, "reason"), Text(status, "author"), Text(status, "until")));
        Assert.Equal("moving", fixture.Node.Store.Pause!.Reason);
        Assert.Equal(1, await CountAsync("open"));

        await _host.DataAsync(HttpMethod.Post, $"{Api}/resume", "{}");
        await Eventually.BeAsync("the trigger has run", async () => await CountAsync("success_count") == 1);
        status = await _host.DataAsync(HttpMethod.Get, $"{Api}/status");
        Assert.Equal((true, JsonValueKind.Null), (status.GetProperty("running").GetBoolean(), status.GetProperty("pause").ValueKind));
        Assert.Null(fixture.Node.Store.Pause);
    }

    [Theory]
    [InlineData("pause", """{"until":"2020-01-01T00:00:00Z"}""")]
    [InlineData("pause", """{"reason":""}""")]
    [InlineData("pause", """{"reasons":"x"}""")]
    [InlineData("resume", """{"now":true}""")]
    public async Task Body_that_is_not_understood_does_nothing(string action, string body)
    {
        await _host.ProblemAsync(HttpMethod.Post, $"{Api}/{action}", body, HttpStatusCode.BadRequest);
    }

    private static string? Text(JsonElement status, string field)
    {
        return status.GetProperty("pause").GetProperty(field).GetString();
    }

    private async Task<long> CountAsync(string what)
    {
        var metrics = (await _host.DataAsync(HttpMethod.Get, $"{Api}/jobs/held")).GetProperty("metrics");
        return what == "open" ? 1 - metrics.GetProperty("total_runs").GetInt64() : metrics.GetProperty(what).GetInt64();
    }
}
