using System.Net;
using System.Text.Json;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>A store that fails under a node at work: it is told, nothing is lost, and the work goes on when it can.</summary>
[Collection(ProcessTests.Name)]
public sealed class StorageFaultTests(StoreServers servers)
{
    private const int Jobs = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Full_disk_is_told_and_costs_nothing_once_there_is_space(StoreKind kind)
    {
        await using var truth = await TruthServer.StartAsync();
        var jobs = Enumerable.Range(0, Jobs).Select(number => new HttpJob($"job-{number:D2}", truth.Url(), Every: "250ms")).ToArray();
        using var home = await NodeHome.MakeAsync(servers, kind, HttpJob.Declare(jobs));
        await using var node = await NodeProcess.StartLimitableAsync(home);
        await truth.ReachedAsync(5 * Jobs, Limit);

        await FullDisk.FillAsync(kind, home, node);
        await Eventually.IsAsync("health says that the disk is full", Limit, () => TellsAsync(node, FullDisk.ReasonOf(kind)), () => node.Process.Tail);

        await FullDisk.EmptyAsync(kind, home, node);
        await node.ReadyAsync();
        await truth.ReachedAsync(truth.Count + (5 * Jobs), Limit);
        await node.Api.QuietenAsync(jobs.Select(static job => job.Id), Limit);

        var page = await node.Api.MetricsAsync();
        Books.AreBalanced(page);
        var evidence = new Evidence(truth.Requests, await node.Api.ExecutionsAsync());
        evidence.NoAttemptRanTwice();
        evidence.EveryRequestIsRecorded();
        evidence.EverySuccessRan();
        evidence.TokensGrow();
        evidence.NoTickIsMissing(Interval, Books.Ended(page, "skipped"));
        Assert.Empty(evidence.Lost);
        Assert.Equal(0, await home.Store.CountOpenAsync());
        Assert.Equal(0, await node.TerminateAsync(Limit));
        if (kind == StoreKind.Sqlite)
        {
            Assert.Equal("ok", await home.Store.CheckFileAsync());
        }
    }

    [Fact]
    public async Task File_that_is_damaged_under_a_node_is_told_and_refused_at_the_next_start()
    {
        using var home = await NodeHome.MakeAsync(
            servers, StoreKind.Sqlite, "carillon.jobs = [ { id = tick, schedule { every = 20ms }, run { type = class, class = sample-tick } } ]");
        await using (var first = await NodeProcess.StartAsync(home))
        {
            await Eventually.IsAsync("the job has run", Limit, async () => (await first.Api.ExecutionsAsync("tick")).Count > 50);
            Assert.Equal(0, await first.TerminateAsync(Limit));
        }

        await using (var node = await NodeProcess.StartAsync(home))
        {
            await DamageAsync(Path.Combine(home.Directory, "data", "carillon.db"));
            await Eventually.IsAsync("health is unavailable", Limit, () => IsUnavailableAsync(node, "health"), () => node.Process.Tail);
            _ = await IsUnavailableAsync(node, "api/v1/scheduler/executions"); // a page that is in memory is still answered
            await node.KillAsync();
        }

        await using var next = NodeProcess.Launch(home);
        Assert.Equal(1, await next.Process.ExitAsync(Limit));
        Assert.Contains("carillon.db' is damaged", Assert.Single(next.Process.Errors.Lines), StringComparison.Ordinal);
    }

    /// <summary>Overwrites everything but the first page.</summary>
    private static async Task DamageAsync(string path)
    {
        const int Page = 4_096;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        var noise = new byte[file.Length - Page];
        new Random(20261122).NextBytes(noise);
        file.Position = Page;
        await file.WriteAsync(noise);
    }

    /// <summary>Whether a path is answered with 503; before, with success, and never with an error of the server.</summary>
    private static async Task<bool> IsUnavailableAsync(NodeProcess node, string path)
    {
        using var answer = await node.Api.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{path}: {answer.StatusCode}");
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable;
    }

    /// <summary>Whether the node is unhealthy and its lease names the reason.</summary>
    private static async Task<bool> TellsAsync(NodeProcess node, string reason)
    {
        using var answer = await node.Api.Http.GetAsync(new Uri("health", UriKind.Relative));
        var lease = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync()).GetProperty("dependencies").GetProperty("lease");
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable
            && lease.GetProperty("status").GetString() is "unhealthy"
            && lease.GetProperty("detail").GetString()!.Contains(reason, StringComparison.Ordinal);
    }
}
