using System.Net;
using System.Text.Json;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Scheduling;

namespace Carillon.Web.Tests.Nodes;

public sealed class HealthTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SimulatedNode _node = new();

    public Task InitializeAsync()
    {
        return _node.UntilOpenAsync();
    }

    public ValueTask DisposeAsync()
    {
        return _node.DisposeAsync();
    }

    Task IAsyncLifetime.DisposeAsync()
    {
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Node_that_works_is_healthy_with_the_latency_of_each_dependency()
    {
        await using var host = await WebHost.StartAsync(_node.Context);

        var (status, report) = await GetAsync(host, "/health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("healthy", report.GetProperty("status").GetString());
        foreach (var name in new[] { "database", "lease", "shards" })
        {
            var dependency = report.GetProperty("dependencies").GetProperty(name);
            Assert.Equal("healthy", dependency.GetProperty("status").GetString());
            Assert.True(dependency.GetProperty("latency_ms").GetDouble() >= 0);
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/health/live")).Status);
    }

    [Fact]
    public async Task Store_that_is_down_makes_the_node_unready_but_leaves_it_alive()
    {
        _node.Store.MembershipFailure = new InvalidOperationException("connection string=secret");
        await using var host = await WebHost.StartAsync(_node.Context);

        var (status, report) = await GetAsync(host, "/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        var database = report.GetProperty("dependencies").GetProperty("database");
        Assert.Equal("unhealthy", database.GetProperty("status").GetString());
        Assert.DoesNotContain("secret", report.GetRawText(), StringComparison.Ordinal);
        var ready = await GetAsync(host, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Equal("unhealthy", ready.Report.GetProperty("dependencies").GetProperty("database").GetString());
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/health/live")).Status);
    }

    [Theory]
    [InlineData("GET", "/metrics", "the node has ended")]
    [InlineData("GET", "/health/ready", "the node has ended")]
    [InlineData("POST", "/api/v1/scheduler/jobs/a/trigger", "outcome unknown")]
    public async Task Request_that_waits_for_a_node_that_ends_is_answered_then(string method, string path, string said)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var region = ((IActorSystemMember)_node.Context.Region).System.Spawn<object>("silent", () => new Silent(_ => asked.TrySetResult()));
        var standsStill = new ClusterClock(new VirtualTimeProvider(DateTimeOffset.UnixEpoch, dispatcher: null));
        await using var host = await WebHost.StartAsync(_node.Context with { Region = region, Clock = standsStill, Jobs = new JobClient(region, 8) });

        var answer = host.ProblemAsync(new HttpMethod(method), path, body: method is "GET" ? null : "{}", HttpStatusCode.ServiceUnavailable);
        await asked.Task;
        host.Holder.Context = null;

        Assert.Contains(said, (await answer).GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_without_its_lease_is_not_ready()
    {
        var lost = new Lease(TimeProvider.System, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1));
        await using var host = await WebHost.StartAsync(_node.Context with { Lease = lost });

        var (status, report) = await GetAsync(host, "/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("unhealthy", report.GetProperty("dependencies").GetProperty("lease").GetString());
    }

    [Fact]
    public async Task Shards_in_quarantine_are_told()
    {
        _node.Store.Condemn(shard: 3);
        await using var host = await WebHost.StartAsync(_node.Context);

        await Eventually.BeAsync("the shard is in quarantine", async () =>
        {
            var (_, report) = await GetAsync(host, "/health");
            var shards = report.GetProperty("dependencies").GetProperty("shards");
            return shards.GetProperty("detail").GetString() is "7 of 8 open here, 1 without an owner, 1 in quarantine";
        });
    }

    [Fact]
    public async Task Before_the_node_has_started_only_the_liveness_probe_succeeds()
    {
        await using var host = await WebHost.StartAsync(node: null);

        foreach (var path in new[] { "/health", "/health/ready", "/metrics", "/openapi/v1.json", "/scheduler-monitoring" })
        {
            using var response = await host.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("1", response.Headers.RetryAfter?.ToString());
            Assert.Contains("starting", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/health/live")).Status);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Report)> GetAsync(WebHost host, string path)
    {
        using var response = await host.GetAsync(path);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }
}
