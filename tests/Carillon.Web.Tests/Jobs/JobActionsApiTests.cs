using System.Net;
using System.Text.Json;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web.Tests.Jobs;

public sealed class JobActionsApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Jobs = "/api/v1/scheduler/jobs";
    private const string Executions = "/api/v1/scheduler/executions";
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Triggered_job_runs_and_is_counted_and_its_execution_can_be_read()
    {
        await CreateAsync("runs", "ok");

        var id = await TriggerAsync("runs", """{"payload":{"a":1}}""");
        await UntilAsync("runs", static metrics => metrics.GetProperty("success_count").GetInt64() == 1);

        var execution = await _host.DataAsync(HttpMethod.Get, $"{Executions}/{id}");
        Assert.Equal("succeeded", Text(execution, "status"));
        Assert.Equal("manual", Text(execution, "trigger"));
        Assert.Equal(SimulatedNode.Name, Text(execution, "node"));
        Assert.Equal("""{"a":1}""", execution.GetProperty("payload").GetRawText());
        Assert.Equal(1, execution.GetProperty("attempts").GetArrayLength());
        Assert.True(execution.GetProperty("attempts")[0].GetProperty("fencing_token").GetInt64() > 0);
        var list = await _host.DataAsync(HttpMethod.Get, $"{Jobs}/runs/executions");
        var listed = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal(id, listed.GetProperty("execution_id").GetGuid());
        Assert.Equal("completed", Text(await _host.DataAsync(HttpMethod.Get, $"{Jobs}/runs"), "status"));
    }

    [Fact]
    public async Task Failed_run_tells_its_error_and_only_the_single_execution_its_stack()
    {
        await CreateAsync("fails", "fail");

        var id = await TriggerAsync("fails", "{}");
        await UntilAsync("fails", static metrics => metrics.GetProperty("failure_count").GetInt64() == 1);

        var execution = await _host.DataAsync(HttpMethod.Get, $"{Executions}/{id}");
        Assert.Equal("failed", Text(execution, "status"));
        Assert.Equal("it went wrong", Text(execution.GetProperty("error"), "message"));
        Assert.NotNull(Text(execution.GetProperty("error"), "stack"));
        var list = await _host.DataAsync(HttpMethod.Get, $"{Jobs}/fails/executions");
        Assert.Null(Text(list.GetProperty("items")[0].GetProperty("error"), "stack"));
        Assert.Equal("failed", Text(await _host.DataAsync(HttpMethod.Get, $"{Jobs}/fails"), "status"));
    }

    [Fact]
    public async Task Same_key_answers_with_the_same_execution()
    {
        await CreateAsync("keyed", "ok");

        var first = await TriggerAsync("keyed", """{"idempotency_key":"k1"}""");

        Assert.Equal(first, await TriggerAsync("keyed", """{"idempotency_key":"k1"}"""));
        Assert.NotEqual(first, await TriggerAsync("keyed", """{"idempotency_key":"k2"}"""));
    }

    [Theory]
    [InlineData("trigger", """{"idempotency_key":""}""")]
    [InlineData("trigger", """{"idempotency_key":7}""")]
    [InlineData("trigger", """{"payloat":{}}""")]
    [InlineData("trigger", """{"delay":"-1s"}""")]
    [InlineData("trigger", """{"delay":"366d"}""")]
    [InlineData("trigger", """{"at":"2099-01-01T00:00:00Z"}""")]
    [InlineData("trigger", """{"at":"2026-01-01T00:00:00Z","delay":"1s"}""")]
    [InlineData("pause", """{"until":"2020-01-01T00:00:00Z"}""")]
    [InlineData("pause", """{"until":"tomorrow"}""")]
    [InlineData("pause", """{"reason":""}""")]
    [InlineData("pause", """{"reason":[]}""")]
    [InlineData("pause", """{"why":"x"}""")]
    [InlineData("resume", """{"now":true}""")]
    public async Task Body_that_is_not_understood_does_nothing(string action, string body)
    {
        await _host.ProblemAsync(HttpMethod.Post, $"{Jobs}/any/{action}", body, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Paused_job_says_why_and_who_and_resumes()
    {
        await CreateAsync("pausing", "ok");

        var paused = await _host.DataAsync(HttpMethod.Post, $"{Jobs}/pausing/pause", """{"reason":"maintenance"}""");

        Assert.Equal("maintenance", Text(paused.GetProperty("pause"), "reason"));
        Assert.Equal("anonymous (loopback)", Text(paused.GetProperty("pause"), "author"));
        Assert.Equal("paused", Text(await _host.DataAsync(HttpMethod.Get, $"{Jobs}/pausing"), "status"));
        var resumed = await _host.DataAsync(HttpMethod.Post, $"{Jobs}/pausing/resume", "{}");
        Assert.Equal(JsonValueKind.Null, resumed.GetProperty("pause").ValueKind);
        Assert.Equal("pending", Text(await _host.DataAsync(HttpMethod.Get, $"{Jobs}/pausing"), "status"));
    }

    [Fact]
    public async Task Job_paused_for_a_while_says_until_when()
    {
        await CreateAsync("pausing-until", "ok");

        var paused = await _host.DataAsync(HttpMethod.Post, $"{Jobs}/pausing-until/pause", """{"until":"2099-01-01T00:00:00Z"}""");

        Assert.Equal("2099-01-01T00:00:00.000000Z", Text(paused.GetProperty("pause"), "until"));
    }

    [Theory]
    [InlineData("""{"delay":"1h"}""")]
    [InlineData("""{"at":"2026-01-01T00:00:00Z"}""")] // it has passed: now
    public async Task Trigger_for_later_is_listed_as_pending_with_its_due_time(string body)
    {
        var id = body.Contains("delay", StringComparison.Ordinal) ? "delayed" : "overdue";
        await CreateAsync(id, "wait");

        var execution = await TriggerAsync(id, body);

        var shown = await _host.DataAsync(HttpMethod.Get, $"/api/v1/scheduler/executions/{execution}");
        var ahead = shown.GetProperty("due_at").GetDateTimeOffset() - shown.GetProperty("scheduled_at").GetDateTimeOffset();
        Assert.Equal(id == "delayed" ? 3_600 : 0, ahead.TotalSeconds, tolerance: 1);
        Assert.True(id != "delayed" || Text(shown, "status") == "pending");
    }

    [Fact]
    public async Task Running_job_is_shown_as_running_and_its_slot_as_busy()
    {
        await CreateAsync("waits", "wait");
        await TriggerAsync("waits", "{}");
        await UntilAsync("waits", static metrics => metrics.GetProperty("running").GetInt64() == 1);

        Assert.Equal("running", Text(await _host.DataAsync(HttpMethod.Get, $"{Jobs}/waits"), "status"));
        var status = await _host.DataAsync(HttpMethod.Get, "/api/v1/scheduler/status");
        Assert.True(status.GetProperty("active_workers").GetInt32() >= 1);
        Assert.True(status.GetProperty("jobs").GetProperty("running").GetInt32() >= 1);
        fixture.Node.Release();
        await UntilAsync("waits", static metrics => metrics.GetProperty("success_count").GetInt64() == 1);
    }

    [Theory]
    [InlineData(JobReplyStatus.NotFound, 404)]
    [InlineData(JobReplyStatus.Conflict, 409)]
    [InlineData(JobReplyStatus.Refused, 400)]
    [InlineData(JobReplyStatus.Unavailable, 503)]
    public async Task Reply_of_a_job_becomes_the_status(JobReplyStatus reply, int status)
    {
        await using var host = await HostAsync(() => Task.FromResult(new JobReply(reply, Problem: "because")));

        var problem = await host.ProblemAsync(HttpMethod.Post, $"{Jobs}/x/trigger", "{}", (HttpStatusCode)status);

        Assert.Equal("because", Text(problem, "message"));
    }

    [Fact]
    public async Task Command_without_an_answer_in_time_has_an_unknown_outcome()
    {
        await using var host = await HostAsync(static () => throw new TimeoutException("late"));

        using var response = await host.SendAsync(HttpMethod.Post, $"{Jobs}/x/trigger", "{}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("1", response.Headers.RetryAfter?.ToString());
        Assert.Contains("outcome unknown", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_that_nobody_expects_tells_the_caller_nothing_about_the_inside()
    {
        await using var host = await HostAsync(static () => throw new InvalidOperationException("secret detail"));

        var problem = await host.ProblemAsync(
            HttpMethod.Post, $"{Jobs}/x/trigger", "{}", HttpStatusCode.InternalServerError);

        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name)
    {
        return element.GetProperty(name).GetString();
    }

    private Task<WebHost> HostAsync(Func<Task<JobReply>> answer)
    {
        return WebHost.StartAsync(fixture.Node.Context with { Jobs = new CannedJobClient(answer) });
    }

    private Task<JsonElement> CreateAsync(string id, string @class)
    {
        var body = $$"""{"id":"{{id}}","run":{"type":"class","class":"{{@class}}"} }""";
        return _host.DataAsync(HttpMethod.Post, Jobs, body, HttpStatusCode.Created);
    }

    private async Task<Guid> TriggerAsync(string id, string body)
    {
        var answer = await _host.DataAsync(HttpMethod.Post, $"{Jobs}/{id}/trigger", body, HttpStatusCode.Accepted);
        var execution = answer.GetProperty("execution_id").GetGuid();
        Assert.NotNull(ExecutionId.ScheduledMillisecond(execution));
        return execution;
    }

    private Task UntilAsync(string id, Func<JsonElement, bool> isTrue)
    {
        return Eventually.BeAsync(
            $"the statistics of {id} have changed",
            async () => isTrue((await _host.DataAsync(HttpMethod.Get, $"{Jobs}/{id}")).GetProperty("metrics")));
    }
}
