using System.Net;
using System.Text.Json;

namespace Carillon.Web.Tests.Nodes;

public sealed class StatusApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Status_counts_jobs_by_how_they_stand()
    {
        await CreateAsync("s1", "");
        await CreateAsync("s2", "\"enabled\":false,");

        var status = await _host.DataAsync(HttpMethod.Get, $"{Api}/status");

        Assert.True(status.GetProperty("running").GetBoolean());
        Assert.Equal(
            (SimulatedNode.Name, "test", "memory", "1.2.3"),
            (Text(status, "node"), Text(status, "cluster"), Text(status, "store"), Text(status, "version")));
        var jobs = status.GetProperty("jobs");
        Assert.Equal(2, jobs.GetProperty("total").GetInt32());
        Assert.Equal(1, jobs.GetProperty("pending").GetInt32());
        Assert.Equal(1, jobs.GetProperty("paused").GetInt32());
        foreach (var name in new[] { "running", "completed", "failed", "cancelled" })
        {
            Assert.Equal(0, jobs.GetProperty(name).GetInt32());
        }

        Assert.Equal(32, status.GetProperty("max_workers").GetInt32());
        Assert.True(status.GetProperty("uptime_seconds").GetDouble() > 0);
    }

    [Fact]
    public async Task Node_tells_its_own_state_lease_and_load()
    {
        var nodes = await _host.DataAsync(HttpMethod.Get, $"{Api}/nodes");
        var node = Assert.Single(nodes.GetProperty("items").EnumerateArray());

        Assert.Equal((SimulatedNode.Name, "up"), (Text(node, "node"), Text(node, "state")));
        Assert.Equal(8, node.GetProperty("shards").GetInt32());
        Assert.Equal(32, node.GetProperty("slots").GetInt32());
        Assert.True(node.GetProperty("lease_headroom_seconds").GetDouble() > 0);
        Assert.True(node.GetProperty("process").GetProperty("memory_bytes").GetInt64() > 0);
    }

    [Fact]
    public async Task Workers_queues_and_services_are_lists()
    {
        var workers = await _host.DataAsync(HttpMethod.Get, $"{Api}/workers");
        Assert.Equal(32, workers.GetProperty("items")[0].GetProperty("idle").GetInt32());
        var queues = await _host.DataAsync(HttpMethod.Get, $"{Api}/queues");
        Assert.Equal(JsonValueKind.Array, queues.GetProperty("items").ValueKind);
        var services = await _host.DataAsync(HttpMethod.Get, $"{Api}/services/list");
        var names = services.GetProperty("items").EnumerateArray().Select(static s => Text(s, "name") ?? string.Empty);
        Assert.Equal(["fail", "ok", "report", "wait"], names, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(99, "normal")]
    [InlineData(100, "busy")]
    public void Queue_is_busy_from_a_hundred_waiting_runs_on(int length, string state)
    {
        var queue = new Carillon.Scheduling.QueueState("q", 4, 4, length, Some.Time);

        var document = QueueDocument.Of(queue, Some.Time.AddSeconds(5));

        Assert.Equal((state, 5.0), (document.State, document.OldestWaitingSeconds));
        Assert.Equal(0, QueueDocument.Of(queue, Some.Time.AddSeconds(-5)).OldestWaitingSeconds);
    }

    private static string? Text(JsonElement element, string name)
    {
        return element.GetProperty(name).GetString();
    }

    private Task<JsonElement> CreateAsync(string id, string members)
    {
        return _host.DataAsync(
            HttpMethod.Post,
            $"{Api}/jobs",
            $$"""{"id":"{{id}}",{{members}}"run":{"type":"class","class":"ok"} }""",
            HttpStatusCode.Created);
    }
}
