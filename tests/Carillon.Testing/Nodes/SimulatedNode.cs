using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Scheduling.Calendars;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Testing;

/// <summary>
/// One life of a node: the parts that production joins, on one thread, virtual time and a simulated store. What differs
/// from production is only what is injected.
/// </summary>
public sealed class SimulatedNode
{
    private const string ClusterName = "carillon";
    private const string CodeClass = "scripted";
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HandoverTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CancelTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan SaveTime = TimeSpan.FromSeconds(4); // less than an ask's own time

    private readonly Scene _scene;
    private readonly ClusterClock _clock;
    private readonly Lease _lease;
    private readonly StartGate _gate;
    private readonly NodeDirectory _directory = new();
    private readonly RemoteActors _remote;
    private readonly SimulatedPort _port;
    private readonly DispatcherGroup _dispatcher;
    private readonly SimulatedCodePool _pool;
    private readonly ActorSystem _system;
    private ClusterInfo? _cluster;
    private GenerationView? _generation;
    private Heartbeat? _heartbeat;
    private ITimer? _beats;
    private Task? _stopped;
    private bool _isLeaving;

    internal SimulatedNode(Scene scene, string name, Guid incarnation, int seed)
    {
        _scene = scene;
        Name = name;
        Incarnation = incarnation;
        Wall = new SteppedClock(scene.Time);
        Store = new SimulatedStore(scene.Database, incarnation, scene.Options.HasOwnFaults ? new StoreFaults() : scene.Faults);
        _dispatcher = scene.Dispatcher.AddGroup();
        _clock = new ClusterClock(Wall);
        _lease = new Lease(Wall, LeaseTime, LeaseMargin);
        _gate = new StartGate(_lease);
        _pool = new SimulatedCodePool(_dispatcher);
        _system = new ActorSystem(name, new ActorSystemOptions
        {
            CheckMessages = true,
            Time = _clock,
            Dispatcher = _dispatcher,
            Random = new Random(seed),
            LoggerFactory = scene.Log,
        });
        var remoting = new RemotingOptions
        {
            Incarnation = incarnation,
            Name = name,
            Cluster = ClusterName,
            LaneLost = _ => Region?.Tell(new LookAtShards()),
        };
        _port = scene.Network.PortOf(incarnation);
        _remote = new RemoteActors(
            remoting, _system, _directory, _port, [ClusterMessages.Wire, SchedulingMessages.Wire, MetricsMessages.Wire], scene.Log);
        _port.Listen(_remote);
    }

    /// <summary>Its stable name.</summary>
    public string Name { get; }

    /// <summary>This life.</summary>
    public Guid Incarnation { get; }

    /// <summary>Its own clock.</summary>
    public SteppedClock Wall { get; }

    /// <summary>Its way to the store.</summary>
    public SimulatedStore Store { get; }

    /// <summary>Whether it still lives.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether it has joined.</summary>
    public bool HasStarted => Jobs is not null;

    /// <summary>Whether it may start something now.</summary>
    public bool IsOpen => _gate.IsOpen;

    /// <summary>Its client.</summary>
    public IJobClient Jobs { get; private set; } = null!; // made at start

    internal IActorRef<object> Region { get; private set; } = null!; // made at start

    internal IActorRef<object> Worker { get; private set; } = null!; // made at start

    /// <summary>Whether it stands still.</summary>
    public bool IsPaused => _dispatcher.IsPaused;

    /// <summary>The process stands still, as under SIGSTOP: what reaches it waits.</summary>
    public void Pause()
    {
        _dispatcher.Pause();
        Wall.Pause();
    }

    /// <summary>The process goes on.</summary>
    public void Resume()
    {
        _dispatcher.Resume();
        _dispatcher.Post(Wall.Resume); // what its late timers set off goes on in the process, and nowhere else
    }

    /// <summary>Reads something of every shard as this node would for a page.</summary>
    internal async Task<ShardAnswers<ShardHistoryPart>> ReadPageAsync()
    {
        var gather = new ShardGather(Incarnation, Region, Store, Store, Wall);
        var (_, page) = await new GenerationGather(_generation!, Store, _cluster!).ReadAsync(
            generation => gather.ReadAsync(HistoryIn(generation.Number), [.. Enumerable.Range(0, _scene.Options.Shards)], CancellationToken.None),
            static page => page.Items.Select(static part => part.Generation),
            CancellationToken.None);
        return page;
    }

    /// <summary>Begins a new generation of the statistics, and reads a page in it.</summary>
    internal async Task<ShardAnswers<ShardHistoryPart>> ResetAsync()
    {
        _generation!.Advance(await Store.ResetStatisticsAsync(CancellationToken.None));
        return await ReadPageAsync();
    }

    /// <summary>The process dies: nothing of it goes on, and nothing that is not committed survives.</summary>
    public void Kill()
    {
        IsAlive = false;
        _dispatcher.Resume(); // its actors stop, and nothing of that gets out
        _scene.Network.Kill(Incarnation);
        Store.Kill();
        _pool.Kill();
        _beats?.Dispose();
        _heartbeat?.Dispose();
        _stopped = _system.DisposeAsync().AsTask();
    }

    internal async Task StartAsync()
    {
        var expected = new ClusterInfo { ShardCount = _scene.Options.Shards, Generation = new StatisticsGeneration(0, _clock.Now()) };
        _cluster = await Store.OpenClusterAsync(expected, CancellationToken.None);
        var row = new NodeRow { Incarnation = Incarnation, Name = Name, Advertise = $"http://{Name}", Classes = [CodeClass], Version = "1.0.0" };
        await Joining.JoinAsync(Store, row, LeaseTime, Wall, _scene.Log.CreateLogger<SimulatedNode>(), CancellationToken.None);
        _generation = new GenerationView(_cluster.Generation);
        _heartbeat = new Heartbeat(Incarnation, Store, _lease, _clock, _generation, _scene.Log.CreateLogger<Heartbeat>());
        _heartbeat.BeatOnce();
        _heartbeat.Died.UnsafeRegister(static (node, _) => ((SimulatedNode)node!).ComeBack(), this);
        _beats = Wall.CreateTimer(_ => _heartbeat.BeatOnce(), null, BeatInterval, BeatInterval);
        SpawnActors(_generation);
        Jobs = new JobClient(Region, _scene.Options.Shards);
    }

    internal async Task StopAsync()
    {
        Worker.Tell(new Worker.Drain());
        await EndsAsync(new Departure(Incarnation, Region, Store, _directory, Wall).HandOverAsync, HandoverTime);
        var drain = new WorkDrain(Region, Worker, _gate, Wall);
        if (!await EndsAsync(drain.WaitAsync, _scene.Options.DrainTime))
        {
            await EndsAsync(drain.CancelAsync, CancelTime);
        }

        try
        {
            await LeaveAsync();
        }
        finally
        {
            Kill(); // the process ends, whether or not it could say so
        }
    }

    /// <summary>Its part of a page.</summary>
    internal async Task<IReadOnlyList<Rollup>> UnsavedRollupsAsync()
    {
        var rollups = new List<Rollup>();
        foreach (var shard in await CurrentAsync())
        {
            rollups.AddRange((await shard.History.AskAsync<object, UnsavedRollups>(replyTo => new ReadRollups(replyTo))).Rollups);
        }

        return rollups;
    }

    internal async Task<IReadOnlyList<ShardHistoryPart>> GatherAsync()
    {
        var parts = new List<ShardHistoryPart>();
        foreach (var shard in await CurrentAsync())
        {
            parts.Add(await shard.History.AskAsync<object, ShardHistoryPart>(replyTo => new GatherHistory(0, replyTo)));
        }

        return parts;
    }

    private ShardQuestion<ShardHistoryPart> HistoryIn(long generation)
    {
        return new ShardQuestion<ShardHistoryPart>(
            (shard, given) => Region.AskAsync<object, ShardHistoryPart>(
                replyTo => new ToHistory(shard, new GatherHistory(generation, replyTo, EveryJob: true)), cancellationToken: given),
            recovery => new RecordedShard(recovery, new HistoryOptions(), new SeriesOptions(), _clock.Now()).History(generation, everyJob: true),
            static part => [part.Term]);
    }

    /// <summary>The shards that it has open and owns by the rows: one that was declared dead has yet to learn of it.</summary>
    private async Task<IReadOnlyList<OwnedShard>> CurrentAsync()
    {
        if (_isLeaving)
        {
            return [];
        }

        var terms = _scene.Database.Shards.Where(row => row.Owner == Incarnation).Select(static row => new ShardTerm(row.Id, row.Epoch)).ToHashSet();
        return [.. (await OwnedAsync()).Where(shard => terms.Contains(shard.Term))];
    }

    private async Task<IReadOnlyList<OwnedShard>> OwnedAsync()
    {
        var owned = await Region.AskAsync<object, OwnedShards>(replyTo => new ReadOwnedShards(replyTo));
        return owned.Shards;
    }

    private void SpawnActors(GenerationView generation)
    {
        var classes = new JobClasses();
        classes.Add(CodeClass, (context, cancellationToken) => _scene.Outside.RunAsync(Incarnation, context, cancellationToken));
        var scopes = new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>();
        var runner = new AttemptRunner([new ClassExecutor(classes)], scopes, _scene.Log.CreateLogger<AttemptRunner>(), Wall);
        var slots = new WorkerOptions { Slots = _scene.Options.Slots, QueueLimits = _scene.Options.QueueLimits };
        Worker = _system.Spawn<object>("worker", () => new Worker(new WorkerContext(Incarnation, _gate, _directory, _remote), runner, _pool, slots));

        var scheduling = new SchedulingContext(Incarnation, Worker, _gate, _directory, _heartbeat!.Pause, _remote);
        var blueprint = new ShardBlueprint(
            (recovery, writer) => _scene.Database.Bug is PlantedBug.AnsweredBeforeFolding
                ? new LateHistory(() => new HistoryShard(recovery.Term, recovery, new HistoryOptions(), writer))
                : new HistoryShard(recovery.Term, recovery, new HistoryOptions(), writer),
            (recovery, writer, history) => new JobShard(recovery, scheduling, writer, history),
            (recovery, writer) => new SeriesShard(recovery, new SeriesOptions(), _directory, generation, writer),
            JobShard.SpawnOptions);
        var view = new ClusterView(_directory, new ShardDirectory());
        var reconciler = new Reconciler(Incarnation, Store, _lease, _clock, view, _scene.Log.CreateLogger<Reconciler>());
        Region = _system.Spawn<object>(
            "region",
            () => new ShardRegion(Incarnation, reconciler, new ShardRegionPorts(Store, Store, _remote), blueprint, new ShardRegionOptions()),
            ShardRegion.SpawnOptions);
        _remote.Publish(RemoteNames.Region, Region, ClusterMessages.ToRegion);
        _remote.Publish(RemoteNames.Worker, Worker, SchedulingMessages.ToWorker);
        var audit = new AuditOptions { Margin = TimeSpan.FromSeconds(3), Interval = TimeSpan.FromMilliseconds(20_351) };
        _system.Spawn<object>("auditor", () => new Auditor(new AuditPass(Region, Store.Audit, CalendarSet.Empty, audit), audit));
        _system.Spawn<object>("housekeeper", () => new Housekeeper(Store, new Retention(TimeSpan.FromDays(30), TimeSpan.FromDays(7), TimeSpan.FromDays(400))));
    }

    /// <summary>What production does with a node that was declared dead.</summary>
    private void ComeBack()
    {
        if (_scene.Options.Rejoins)
        {
            _dispatcher.Post(() =>
            {
                Worker?.Tell(new CancelAll(CancelReasons.NodeDied));
                Kill();
                _scene.Rejoin(this);
            });
        }
    }

    private async Task<bool> EndsAsync(Func<CancellationToken, Task> phase, TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time, Wall);
        try
        {
            await phase(limit.Token);
            return true;
        }
#pragma warning disable CA1031 // As the coordinated shutdown of production: a phase that fails keeps none of those behind it from running.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private async Task LeaveAsync()
    {
        var owned = await OwnedAsync();
        foreach (var shard in owned)
        {
            await EndsAsync(
                cancellationToken => shard.History.AskAsync<object, AllSaved>(replyTo => new SaveAll(replyTo), cancellationToken: cancellationToken),
                SaveTime);
        }

        _isLeaving = true;
        await _system.StopAsync(Region);
        await Store.ReleaseAsync(Incarnation, [.. owned.Select(static s => new Handover(s.Term, Successor: null))], CancellationToken.None);
        await Store.LeaveAsync(Incarnation, CancellationToken.None);
    }
}
