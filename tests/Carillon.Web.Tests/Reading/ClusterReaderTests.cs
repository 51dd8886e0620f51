using System.Diagnostics;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web.Tests.Reading;

public sealed class ClusterReaderTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _time = new(Start, dispatcher: null);
    private readonly ThreadDispatcher _dispatcher = new("reader", 2);
    private readonly ActorSystem _system;
    private readonly List<OwnedShard> _open = [];
    private readonly NodeContext _node;

    public ClusterReaderTests()
    {
        _system = new ActorSystem(
            "reader", new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1) });
        var store = new MemoryStore(Guid.NewGuid(), 2);
        var region = Spawn(
            "region", message => (message as ReadOwnedShards)?.ReplyTo.Tell(new OwnedShards([.. _open], 2)));
        _node = new NodeContext
        {
            NodeName = "a",
            Incarnation = Guid.NewGuid(),
            Version = "1",
            StoreKind = "memory",
            Cluster = new ClusterInfo { ShardCount = 2, Generation = new StatisticsGeneration(0, Start - TimeSpan.FromHours(1)) },
            Generation = new GenerationView(new StatisticsGeneration(0, Start - TimeSpan.FromHours(1))),
            Region = region,
            Worker = Spawn("worker", message => (message as ReadWorker)?.ReplyTo.Tell(
                new WorkerState(4, 1, 1, 0, 1, [new QueueState("default", 4, 1, 7, Start - TimeSpan.FromSeconds(90))]))),
            Jobs = new JobClient(region, 2),
            Executions = store,
            Rollups = store.Rollups,
            Retention = new Retention(TimeSpan.FromDays(30), TimeSpan.FromDays(7), TimeSpan.FromDays(400)),
            Operations = store,
            Audit = store,
            Membership = store,
            Directory = new NodeDirectory(),
            Shards = new ShardDirectory(),
            Lease = new Lease(_time, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1)),
            Clock = new ClusterClock(_time),
            DataDirectory = ".",
            DispatcherQueue = static () => 0,
            Classes = new JobClasses(),
            Pause = new PauseView(),
        };
    }

    [Fact]
    public async Task Shard_that_is_not_open_makes_the_reading_fail_and_is_counted()
    {
        Open(0);

        var error = await Assert.ThrowsAsync<IncompleteClusterException>(() => ReadAsync());

        Assert.Equal("1 of 2 shards known", error.Message);
    }

    [Fact]
    public async Task Reading_joins_all_shards_and_takes_queues_and_uptime_from_the_node()
    {
        Open(0, "a");
        Open(1, "b");

        var reading = await ReadAsync();

        Assert.True(reading.Snapshot.IsComplete);
        Assert.Equal(["a", "b"], reading.Snapshot.Jobs.Select(job => job.JobId), StringComparer.Ordinal);
        Assert.Equal(2, reading.Rows.Count);
        Assert.Equal(TimeSpan.FromHours(1), reading.Snapshot.Facts.Uptime);
        var queue = Assert.Single(reading.Snapshot.Facts.Queues);
        Assert.Equal(new QueueFacts("default", 7, TimeSpan.FromSeconds(90)), queue);
        Assert.Equal(Start, reading.At);
    }

    [Fact]
    public async Task Shard_that_does_not_answer_ends_the_reading_after_five_seconds()
    {
        Open(0);
        _open.Add(new OwnedShard(new ShardTerm(1, 1), Spawn("silent-history"), Spawn("silent-jobs"), Spawn("silent-series")));

        var reading = ReadAsync();
        var since = Stopwatch.StartNew();
        while (!reading.IsCompleted && since.Elapsed < TimeSpan.FromSeconds(20))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(reading.IsCompleted, "the reading did not give up");
        Assert.IsAssignableFrom<TimeoutException>(reading.Exception?.InnerException);
    }

    [Fact]
    public async Task Shard_that_was_closed_while_asked_ends_the_reading_at_once()
    {
        Open(0);
        Open(1);
        await _system.StopAsync(_open[1].History);

        await Assert.ThrowsAsync<ActorUnavailableException>(() => ReadAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        _dispatcher.Dispose();
    }

    private Task<ClusterReading> ReadAsync()
    {
        return new ClusterReader(_node).ReadAsync(CancellationToken.None);
    }

    private IActorRef<object> Spawn(string name, Action<object>? receive = null)
    {
        return _system.Spawn<object>(name, () => new Silent(receive));
    }

    private void Open(int shard, params IReadOnlyList<string> jobIds)
    {
        var term = new ShardTerm(shard, 1);
        var jobs = jobIds.Select(Some.Job).ToList();
        var history = new ShardHistory(new ShardRecovery { Term = term, Jobs = jobs }, new HistoryOptions(), Start);
        _open.Add(new OwnedShard(
            term,
            Spawn($"history-{shard}", message => (message as GatherHistory)?.ReplyTo.Tell(history.Part())),
            Spawn($"jobs-{shard}", message => (message as ListJobs)?.ReplyTo.Tell(new JobList(term, jobs))),
            Spawn(
                $"series-{shard}",
                message => (message as GatherSeries)?.ReplyTo.Tell(new ShardSeriesPart { Term = term }))));
    }
}
