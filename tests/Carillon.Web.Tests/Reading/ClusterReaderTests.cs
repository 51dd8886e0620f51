using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Testing;

namespace Carillon.Web.Tests.Reading;

public sealed class ClusterReaderTests : IAsyncDisposable
{
    private static readonly Guid Me = Guid.NewGuid();
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _time = new(Start, dispatcher: null);
    private readonly ThreadDispatcher _dispatcher = new("reader", 2);
    private readonly ActorSystem _system;
    private readonly Dictionary<int, IReadOnlyList<IActorRef<object>>> _open = [];
    private readonly MemoryStore _store = new(Me, 2);
    private IReadOnlyList<ShardRow> _rows = [new ShardRow(0, null, 0), new ShardRow(1, null, 0)];
    private readonly NodeContext _node;

    public ClusterReaderTests()
    {
        _system = new ActorSystem(
            "reader", new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1) });
        var region = Spawn("region", Route);
        var lease = new Lease(_time, TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
        lease.Renewed(lease.Sending());
        var remote = new LocalActors(Me);
        _node = new NodeContext
        {
            NodeName = "a",
            Incarnation = Me,
            Version = "1",
            StoreKind = "memory",
            Cluster = new ClusterInfo { ShardCount = 2, Generation = new StatisticsGeneration(0, Start - TimeSpan.FromHours(1)) },
            Generation = new GenerationView(new StatisticsGeneration(0, Start - TimeSpan.FromHours(1))),
            Region = region,
            Worker = Spawn("worker", message => (message as ReadWorker)?.ReplyTo.Tell(
                new WorkerState(4, 1, 1, 0, 1, [new QueueState("default", 4, 1, 7, Start - TimeSpan.FromSeconds(90))]))),
            Remote = remote,
            Log = _store,
            Jobs = new JobClient(region, 2),
            Executions = _store,
            Rollups = _store.Rollups,
            Retention = new Retention(TimeSpan.FromDays(30), TimeSpan.FromDays(7), TimeSpan.FromDays(400)),
            Operations = _store,
            Audit = _store,
            Membership = _store,
            Directory = new NodeDirectory(),
            Shards = new ShardDirectory(),
            Lease = lease,
            Clock = new ClusterClock(_time),
            DataDirectory = ".",
            DispatcherQueue = static () => 0,
            Classes = new JobClasses(),
            Pause = new PauseView(),
        };
        remote.Publish(RemoteNames.Node, _system.Spawn<object>("node", () => new NodeReporter(_node)));
    }

    [Fact]
    public async Task Reading_joins_all_shards_and_takes_queues_and_uptime_from_the_node()
    {
        Open(0, "a");
        Open(1, "b");
        await _store.ClaimAsync(Me, [new ShardTerm(0, 0), new ShardTerm(1, 0)], CancellationToken.None);

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
    public async Task Shard_that_does_not_answer_is_read_from_the_records()
    {
        Open(0, "a");
        await _store.ClaimAsync(Me, [new ShardTerm(0, 0)], CancellationToken.None);
        await _store.ClaimAsync(Guid.NewGuid(), [new ShardTerm(1, 0)], CancellationToken.None);

        _rows = await _store.ReadShardsAsync(CancellationToken.None);
        var reading = ReadAsync();
        await PassAsync(2 * ShardGather.Silence, reading);

        Assert.True((await reading).Snapshot.IsComplete);
        Assert.Equal(1, (await reading).Snapshot.Facts.ShardsOwned);
    }

    [Fact]
    public async Task Records_do_not_tell_with_which_figures_an_owner_will_begin_a_generation()
    {
        await _store.ClaimAsync(Guid.NewGuid(), [new ShardTerm(0, 0), new ShardTerm(1, 0)], CancellationToken.None);
        _rows = await _store.ReadShardsAsync(CancellationToken.None);
        _node.Generation.Advance(await _store.ResetStatisticsAsync(CancellationToken.None));

        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            var reading = ReadAsync();
            await PassAsync(2 * ClusterReader.Timeout, reading);
            await reading;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        _dispatcher.Dispose();
    }

    /// <summary>Waits for the end of a reading, and lets no more time pass for it than it needs: what answers takes real time.</summary>
    private async Task PassAsync(TimeSpan time, Task reading)
    {
        await Eventually.BeAsync("the reading ends", () =>
        {
            if (_time.NextTimer is { } next && next <= Start + time)
            {
                _time.AdvanceTo(next);
            }

            return Task.FromResult(reading.IsCompleted);
        });
    }

    private Task<ClusterReading> ReadAsync()
    {
        return new ClusterReader(_node, new NodesReader(_node)).ReadAsync(CancellationToken.None);
    }

    private IActorRef<object> Spawn(string name, Action<object>? receive = null)
    {
        return _system.Spawn<object>(name, () => new Silent(receive));
    }

    private void Route(object message)
    {
        switch (message)
        {
            case ReadOwnedShards read:
                read.ReplyTo.Tell(new OwnedShards(
                    [.. _open.Select(static open => new OwnedShard(new ShardTerm(open.Key, 1), open.Value[0], open.Value[1], open.Value[2]))], 2)
                {
                    Rows = _rows,
                });
                break;
            case ShardDelivery delivery when _open.TryGetValue(delivery.Shard, out var actors):
                actors[delivery is ToHistory ? 0 : delivery is ToJobs ? 1 : 2].Tell(delivery.Message);
                break;
        }
    }

    private void Open(int shard, params IReadOnlyList<string> jobIds)
    {
        var term = new ShardTerm(shard, 1);
        var jobs = jobIds.Select(Some.Job).ToList();
        var history = new ShardHistory(new ShardRecovery { Term = term, Jobs = jobs }, new HistoryOptions(), Start);
        _open.Add(
            shard,
            [
                Spawn($"history-{shard}", message => (message as GatherHistory)?.ReplyTo.Tell(history.Part())),
                Spawn($"jobs-{shard}", message => (message as ListJobs)?.ReplyTo.Tell(new JobList(term, jobs))),
                Spawn($"series-{shard}"),
            ]);
    }
}
