using System.Diagnostics;
using System.Globalization;
using System.Net;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>
/// A cluster at work to which one thing after the other happens, and then nothing any more. All the while somebody reads
/// its pages, now of this node and now of that one, and somebody triggers a job.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private static readonly TimeSpan UntilStart = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly string[] Questions =
        ["nodes", "workers", "queues", "executions?status=running&limit=1000", "executions?status=pending&limit=1000", "jobs?limit=1000"];

    private readonly ChaosPlan _plan;
    private readonly TruthServer _truth;
    private readonly ChaosCluster _cluster;
    private readonly Faults _faults;
    private readonly Poller _poller;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly List<string> _story = [];
    private readonly Dictionary<FaultKind, int> _counts = [];
    private IReadOnlyList<ChaosJob> _jobs = [];
    private TriggerClient? _triggers;

    public ChaosRun(ChaosPlan plan, TruthServer truth, ChaosCluster cluster)
    {
        _plan = plan;
        _truth = truth;
        _cluster = cluster;
        _faults = new Faults(cluster, plan.Lease, new Random(plan.Seed));
        _poller = Poller.Start(cluster.AnyOf(new Random(plan.Seed + 1)));
    }

    /// <summary>What happened so far, for messages.</summary>
    public string Story => string.Join('\n', _story);

    /// <summary>How long it has gone on.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>What is not as it must be, beside what records can tell.</summary>
    public IReadOnlyList<string> Seen => [.. _poller.Falls.Select(static fall => $"a page went back: {fall}"), .. _triggers?.Wrong ?? []];

    /// <summary>Creates the jobs while the scheduler is paused, so that whoever watches sees them before they run.</summary>
    /// <param name="isWatched">Waits until so many are seen.</param>
    public async Task BeginAsync(Func<int, Task> isWatched)
    {
        var api = ApiOf(_cluster.Nodes[0]);
        await SendAsync(api, "pause");
        var start = WholeSecond(TimeProvider.System.GetUtcNow() + UntilStart);
        _jobs = ChaosLoad.Jobs(_truth, start);
        await ChaosLoad.CreateAsync(api, _jobs);
        Assert.True(TimeProvider.System.GetUtcNow() < start, $"the jobs were not created within {UntilStart}");
        await isWatched(_jobs.Count);
        await SendAsync(api, "resume");
    }

    /// <summary>Lets everything happen that is planned, and lets the cluster come to rest.</summary>
    /// <returns>What is to be compared then.</returns>
    public async Task<ChaosRecords> RunAsync()
    {
        await EveryJobRunsAsync();
        _triggers = TriggerClient.Start(_cluster.AnyOf(new Random(_plan.Seed + 2)), new Random(_plan.Seed + 3));
        foreach (var kind in _plan.Faults())
        {
            await Faults.PassAsync(_plan.Calm);
            var from = Stopwatch.GetTimestamp();
            Tell($"{kind} begins");
            Tell($"{kind}: {await _faults.StrikeAsync(kind)}; all were ready again {Stopwatch.GetElapsedTime(from).TotalSeconds:F1} s after its beginning");
            await EveryJobRunsAsync();
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        }

        return await RestAsync();
    }

    /// <summary>Counts, for whoever wants to know how much was tried.</summary>
    public string Summary(ChaosRecords records, int violations)
    {
        var faults = string.Join(", ", _counts.OrderBy(static c => c.Key).Select(static c => $"{c.Key} {c.Value}"));
        var attempts = records.Executions.SelectMany(static e => e.Attempts).ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            seed {_plan.Seed}, {Elapsed.TotalSeconds:F0} s
            faults: {_counts.Values.Sum()} ({faults})
            ground truth: {records.Requests.Count} requests, {records.Requests.Count(static r => !r.IsAnswered)} of them interrupted
            recorded: {records.Executions.Count} executions, {attempts.Length} attempts, {attempts.Count(static a => a.Outcome is "lost")} of them lost, {attempts.Count(static a => a.Outcome is "failed")} failed
            occurrences without a run: {records.Stretches.Sum(static s => s.Count)} in {records.Stretches.Count} stretches
            triggers: {records.Keys} sent, {records.Acknowledged.Count} acknowledged
            pages: {_poller.Pages} read, {_poller.Refusals} refused
            violations: {violations}
            """);
    }

    /// <summary>Keeps what the nodes have written, and what each of them says now.</summary>
    /// <returns>The directory.</returns>
    public async Task<string> KeepEvidenceAsync()
    {
        var directory = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"carillon-chaos-{_plan.Seed}-")).FullName;
        foreach (var node in _cluster.Nodes)
        {
            var now = node.IsUp ? node.Process.Process.Output.Lines.Concat(node.Process.Process.Errors.Lines) : [];
            await File.WriteAllLinesAsync(Path.Combine(directory, node.Home.Name + ".log"), node.Log.Concat(now));
            foreach (var page in node.IsUp ? Questions : [])
            {
                var answer = await AnswerAsync(node, page);
                await File.WriteAllTextAsync(Path.Combine(directory, $"{node.Home.Name} {page.Split('&')[0].Replace('?', ' ')}.json"), answer);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(directory, "story.txt"), Story);
        return directory;
    }

    public async ValueTask DisposeAsync()
    {
        if (_triggers is not null)
        {
            await _triggers.DisposeAsync();
        }

        await _poller.DisposeAsync();
        _faults.Dispose();
        _http.Dispose();
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time)
    {
        return new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }

    private void Tell(FormattableString what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {FormattableString.Invariant(what)}");
        _story.Add(line);
        _plan.Tell(line);
    }

    private SchedulerApi ApiOf(ChaosNode node)
    {
        return new SchedulerApi(_http, node.Home.Address);
    }

    private async Task<string> AnswerAsync(ChaosNode node, string page)
    {
        try
        {
            return (await ApiOf(node).GetAsync(page)).GetRawText();
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            return problem.Message; // the evidence of a run that has failed already
        }
    }

    /// <summary>Waits until every job has run that has a schedule.</summary>
    private Task EveryJobRunsAsync()
    {
        var since = TimeProvider.System.GetUtcNow();
        string[] missing = [];
        return Eventually.IsAsync(
            "every job has run again",
            Limit,
            () =>
            {
                missing = [.. _jobs.Where(job => job.Interval is not null && !(_truth.NewestOf(job.Id) > since)).Select(static job => job.Id)];
                return Task.FromResult(missing.Length == 0);
            },
            () => $"Missing are {string.Join(", ", missing)}.");
    }

    private static async Task SendAsync(SchedulerApi api, string change)
    {
        using var answer = await api.PostAsync(change);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// A page of each node. Shards may still be on their way to where they belong, which is counted: so the first node is
    /// asked again, and when it shows the same, so must all that were asked in between.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, MetricsPage>> PagesAtRestAsync()
    {
        var pages = new Dictionary<string, MetricsPage>(StringComparer.Ordinal);
        await Eventually.IsAsync("a node shows the same twice", Limit, async () =>
        {
            try
            {
                foreach (var node in _cluster.Up)
                {
                    pages[node.Home.Name] = await ApiOf(node).MetricsAsync();
                }

                var (first, again) = (pages[_cluster.Up[0].Home.Name], await ApiOf(_cluster.Up[0]).MetricsAsync());
                return Comparison.Facts(first).ToHashSet().SetEquals(Comparison.Facts(again));
            }
            catch (HttpRequestException error) when (error.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return false;
            }
        });
        return pages;
    }

    private async Task<ChaosRecords> RestAsync()
    {
        await _triggers!.StopAsync();
        var api = ApiOf(_cluster.Up[0]);
        foreach (var job in _jobs)
        {
            await Eventually.IsAsync($"{job.Id} is paused", Limit, async () =>
            {
                using var answer = await api.PostAsync($"jobs/{job.Id}/pause");
                return answer.IsSuccessStatusCode;
            });
        }

        Tell($"all jobs are paused");
        var open = 0L;
        await Eventually.IsAsync("nothing is open", Limit, async () => (open = await _cluster.Database.Store.CountOpenAsync()) == 0, () => $"Open are {open}.");
        await _poller.StopAsync();
        var executions = await api.ExecutionsAsync();
        Assert.Equal(await _cluster.Database.Store.CountAttemptsAsync(), executions.Sum(static e => e.Attempts.Count));
        var (stretches, pages) = await StretchesAndPagesAsync();
        return new ChaosRecords(_jobs, _truth.Requests, executions, stretches, pages, _triggers.Acknowledged, _triggers.Keys);
    }

    /// <summary>Both of one moment: what a paused job leaves out is recorded, and counted, once a minute.</summary>
    private async Task<(IReadOnlyList<Stretch> Stretches, IReadOnlyDictionary<string, MetricsPage> Pages)> StretchesAndPagesAsync()
    {
        IReadOnlyList<Stretch> stretches = [];
        IReadOnlyDictionary<string, MetricsPage> pages = new Dictionary<string, MetricsPage>(StringComparer.Ordinal);
        await Eventually.IsAsync("nothing is recorded while pages are read", Limit, async () =>
        {
            stretches = await _cluster.Database.Store.StretchesAsync();
            pages = await PagesAtRestAsync();
            return stretches.SequenceEqual(await _cluster.Database.Store.StretchesAsync());
        });
        return (stretches, pages);
    }
}
