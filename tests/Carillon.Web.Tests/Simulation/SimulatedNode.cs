using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Web.Tests;

/// <summary>A real node of eight shards on a store in memory: region, shards, worker.</summary>
internal sealed class SimulatedNode : IAsyncDisposable
{
    public const string Name = "node-a";
    private const int Shards = 8;

    private readonly ThreadDispatcher _dispatcher = new("simulated", 2);
    private readonly ActorSystem _system;
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SimulatedNode()
    {
        var time = TimeProvider.System;
        var me = Guid.NewGuid();
        Store = new MemoryStore(me, Shards);
        _system = new ActorSystem(
            "simulated", new ActorSystemOptions { Time = time, Dispatcher = _dispatcher, Random = new Random(1) });
        var lease = new Lease(time, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        lease.Renewed(lease.Sending());
        var clock = new ClusterClock(time);
        var directory = new NodeDirectory();
        var classes = Classes();
        var remote = new LocalActors(me);
        var runner = new AttemptRunner(
            [new ClassExecutor(classes)],
            _services.GetRequiredService<IServiceScopeFactory>(),
            NullLogger<AttemptRunner>.Instance,
            time);
        var worker = _system.Spawn<object>("worker", () => new Worker(new WorkerContext(me, new OpenGate(), directory, remote), runner, new UserCodeThreadPool(), new WorkerOptions()));
        var pulse = new CommitPulse();
        var pause = new PauseView();
        var scheduling = new SchedulingContext(me, worker, new OpenGate(), directory, pause, remote);
        var generation = new GenerationView(new StatisticsGeneration(0, time.Now()));
        var blueprint = new ShardBlueprint(
            static (recovery, writer) => new HistoryShard(recovery.Term, recovery, new HistoryOptions(), writer),
            (recovery, writer, history) => new JobShard(recovery, scheduling, writer, history),
            (recovery, writer) => new SeriesShard(recovery, new SeriesOptions(), directory, generation, writer),
            JobShard.SpawnOptions);
        var (shards, ownership) = (new ShardDirectory(), new OwnershipCounts());
        var view = new ClusterView(directory, shards);
        var reconciler = new Reconciler(me, Store, lease, clock, view, NullLogger<Reconciler>.Instance);
        var region = _system.Spawn<object>(
            "region",
            () => new ShardRegion(me, reconciler, new ShardRegionPorts(Store, Store, remote), blueprint, new ShardRegionOptions { Counts = ownership, Writer = new ShardWriterOptions { Pulse = pulse } }),
            ShardRegion.SpawnOptions);
        Recorder = new OperationRecorder(new OperationRecorderOptions(), time);
        var sender = new SeriesSenderOptions(me, Name, Shards) { Interval = TimeSpan.FromMilliseconds(20) };
        _system.Spawn<object>(
            "series", () => new SeriesSender(sender, Recorder, instruments: null, ownership, region));
        Context = new NodeContext
        {
            NodeName = Name,
            Incarnation = me,
            Version = "1.2.3",
            StoreKind = "memory",
            Cluster = new ClusterInfo { Name = "test", ShardCount = Shards, Generation = generation.Newest },
            Generation = generation,
            Region = region,
            Worker = worker,
            Remote = remote,
            Log = Store,
            Jobs = new JobClient(region, Shards),
            Executions = Store,
            Rollups = Store.Rollups,
            Retention = new Retention(TimeSpan.FromDays(30), TimeSpan.FromDays(7), TimeSpan.FromDays(400)),
            Audit = Store,
            Membership = Store,
            Operations = Store,
            Directory = directory,
            Shards = shards,
            Lease = lease,
            Clock = clock,
            DataDirectory = ".",
            DispatcherQueue = () => _dispatcher.QueueLength,
            Classes = classes,
            Pause = pause,
            Pulse = pulse,
        };
        remote.Publish(RemoteNames.Region, region);
        remote.Publish(RemoteNames.Worker, worker);
        remote.Publish(RemoteNames.Node, _system.Spawn<object>("node", () => new NodeReporter(Context)));
    }

    public NodeContext Context { get; }

    /// <summary>What is recorded here is merged soon after.</summary>
    public OperationRecorder Recorder { get; }

    public MemoryStore Store { get; }

    /// <summary>Lets runs of the class <c>wait</c> end.</summary>
    public void Release()
    {
        _release.TrySetResult();
    }

    /// <summary>Waits until every shard is open.</summary>
    public async Task UntilOpenAsync()
    {
        await Eventually.BeAsync("every shard is open", async () => (await ReadShardsAsync()).IsComplete);
    }

    /// <summary>The shards that are open.</summary>
    public Task<OwnedShards> ReadShardsAsync()
    {
        return Context.Region.AskAsync<object, OwnedShards>(static replyTo => new ReadOwnedShards(replyTo));
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await _system.DisposeAsync();
        _dispatcher.Dispose();
        await _services.DisposeAsync();
    }

    private JobClasses Classes()
    {
        var classes = new JobClasses();
        classes.Add("ok", static (_, _) => Task.CompletedTask);
        classes.Add("fail", static (_, _) => throw new InvalidOperationException("it went wrong"));
        classes.Add("report", (context, cancellationToken) =>
        {
            context.Progress.Report(0.5, "half way");
            context.Output.WriteLine("so far");
            return _release.Task.WaitAsync(cancellationToken);
        });
        classes.Add("wait", (_, cancellationToken) => _release.Task.WaitAsync(cancellationToken));
        return classes;
    }
}
