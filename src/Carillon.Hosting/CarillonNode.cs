using System.Security.Cryptography;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Persistence;
using Carillon.Scheduling;
using Carillon.Scheduling.Calendars;
using Carillon.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting;

/// <summary>
/// One node: the place where the parts are joined. It starts in the order in which they need each other and ends in
/// the phases of its coordinated shutdown: hand over, drain, cancel, flush, save, leave, disconnect.
/// </summary>
public sealed partial class CarillonNode : IAsyncDisposable
{
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HandoverTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TurnTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CancelTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SaveTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DisconnectTime = TimeSpan.FromSeconds(2);

    private static readonly WireList[] Messages =
        [ClusterMessages.Wire, SchedulingMessages.Wire, MetricsMessages.Wire, WebMessages.Wire];

    private readonly CarillonOptions _options;
    private readonly NodeIdentity _identity;
    private readonly JobClasses _classes;
    private readonly CalendarSet _calendars;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILoggerFactory _loggers;
    private readonly OperationRecorder _operations;
    private readonly MeterBridge _instruments;
    private readonly ILogger<CarillonNode> _log;

    private readonly DedicatedTimeProvider _local = new();
    private readonly ClusterClock _clock;
    private readonly Lease _lease;
    private readonly StartGate _gate;
    private readonly ThreadDispatcher _dispatcher;
    private readonly ActorSystem _system;
    private readonly HttpMessageInvoker _http;
    private readonly NodeDirectory _directory = new();
    private readonly ShardDirectory _shards = new();
    private readonly CommitPulse _pulse = new();
    private readonly INodeStore _store;
    private readonly NodeExports _exports;
    private readonly PeerNetwork _network;
    private readonly CancellationTokenSource _stopping = new();
    private ThreadReserve? _threads;
    private Heartbeat? _heartbeat;
    private IActorRef<object>? _region;
    private IActorRef<object>? _worker;
    private IActorRef<object>? _sender;

    /// <summary>Makes a node that has not started. Nothing is connected yet.</summary>
    /// <param name="options">Valid settings.</param>
    /// <param name="identity">Who it is.</param>
    /// <param name="classes">The code that jobs of type <c>class</c> can run.</param>
    /// <param name="operations">What the app records of its operations.</param>
    /// <param name="scopes">Makes the services of an attempt.</param>
    /// <param name="loggers">Where it logs.</param>
    public CarillonNode(
        CarillonOptions options,
        NodeIdentity identity,
        JobClasses classes,
        OperationRecorder operations,
        IServiceScopeFactory scopes,
        ILoggerFactory loggers)
    {
        _options = options;
        _identity = identity;
        _classes = classes;
        _calendars = ConfiguredCalendars.Read(options, []);
        _operations = operations;
        _instruments = new MeterBridge(
            [.. options.Metrics.Meters], options.Metrics.MaxLabelSets, operations, loggers.CreateLogger<MeterBridge>());
        _scopes = scopes;
        _loggers = loggers;
        _log = loggers.CreateLogger<CarillonNode>();
        _clock = new ClusterClock(_local);
        _lease = new Lease(_local, options.Cluster.Lease, LeaseMargin);
        _gate = new StartGate(_lease);
        _dispatcher = new ThreadDispatcher("carillon", Math.Max(2, Environment.ProcessorCount));
        _system = new ActorSystem("carillon", new ActorSystemOptions
        {
            Time = _clock,
            Dispatcher = _dispatcher,
            Random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue)),
            LoggerFactory = loggers,
        });
        _http = AddressGuard.CreateClient(options.Security.AllowLinkLocal);
        _store = NodeStores.Create(options, identity, _local, loggers);
        _exports = new NodeExports(options, identity, operations.Dropped, _local, loggers);
        PeerOptions = new PeerOptions { Secret = options.Cluster.Secret, Authorities = TlsFiles.ReadAuthorities(options.Security.Tls) };
        _network = new PeerNetwork(PeerOptions, RandomNumberGenerator.GetBytes);
        var remoting = new RemotingOptions
        {
            Incarnation = identity.Incarnation,
            Name = identity.Name,
            Cluster = options.Cluster.Name,
            LaneLost = _ => _region?.Tell(new LookAtShards()),
        };
        Peers = new RemoteActors(remoting, _system, _directory, _network, Messages, loggers);
    }

    /// <summary>The actors of other nodes. They may connect before the node has started.</summary>
    public RemoteActors Peers { get; }

    /// <summary>How other nodes prove themselves.</summary>
    public PeerOptions PeerOptions { get; }

    /// <summary>Cancelled when the cluster has declared this node dead: another incarnation must take its place.</summary>
    public CancellationToken Died => _heartbeat?.Died ?? CancellationToken.None;

    /// <summary>Joins the cluster, takes shards, and makes sure that the declared jobs are there.</summary>
    /// <param name="declared">The jobs this node declares, valid.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the HTTP API works on.</returns>
    /// <exception cref="NodeConflictException">A live node holds the name.</exception>
    /// <exception cref="ClusterMismatchException">The store belongs to another cluster.</exception>
    /// <exception cref="StoreInUseException">Another process uses the data directory.</exception>
    /// <exception cref="DataDirectoryException">The data directory cannot be written.</exception>
    /// <exception cref="StoreFailedException">The SQLite file is damaged, or cannot grow.</exception>
    /// <exception cref="StoreUnreachableException">The database server cannot be reached, or refuses.</exception>
    /// <exception cref="SchemaVersionException">The store's schema does not fit this build.</exception>
    public async Task<NodeContext> StartAsync(IReadOnlyList<JobDefinition> declared, CancellationToken cancellationToken)
    {
        _threads = new ThreadReserve(_options.Workers.Slots, _local);
        var cluster = await OpenStoreAsync(cancellationToken);
        await JoinAsync(cancellationToken);
        var generation = new GenerationView(cluster.Generation);
        var probe = new DispatcherProbe(_system);
        _heartbeat = new Heartbeat(_identity.Incarnation, _store, _lease, _clock, generation, _loggers.CreateLogger<Heartbeat>())
        {
            SelfTest = () => probe.IsAnswered(TurnTime),
        };
        _heartbeat.Start(_options.Cluster.Heartbeat);

        SpawnActors(cluster.ShardCount, generation);
        AddShutdownPhases();
        var jobs = new JobClient(_region!, cluster.ShardCount, _calendars);
        await new DeclaredJobsSync(jobs, _region!, _directory, _identity.Name, _local, _loggers.CreateLogger<DeclaredJobsSync>())
            .RunAsync(declared, cancellationToken, _stopping.Token);
        _exports.Start(new ExportReader(_identity.Name, _region!, _worker!, _clock, generation));
        var context = new NodeContext
        {
            NodeName = _identity.Name,
            Incarnation = _identity.Incarnation,
            Version = NodeIdentity.ProductVersion,
            StoreKind = _options.Store.Provider.ToString().ToLowerInvariant(),
            Cluster = cluster,
            Generation = generation,
            Region = _region!,
            Worker = _worker!,
            Remote = Peers,
            Log = _store,
            HistoryOptions = new HistoryOptions { Window = _options.Metrics.Window },
            SeriesOptions = new SeriesOptions { MaxLabelSets = _options.Metrics.MaxLabelSets },
            Jobs = jobs,
            Executions = _store,
            Rollups = _store.Rollups,
            Retention = _options.History.Times,
            Audit = _store.Audit,
            Membership = _store,
            Operations = _store.Operations,
            OperationThresholds = _options.Metrics.Health.ToThresholds(),
            Directory = _directory,
            Shards = _shards,
            Lease = _lease,
            Clock = _clock,
            DataDirectory = _options.Node.DataDir,
            Lanes = Peers.Figures,
            DispatcherQueue = () => _dispatcher.QueueLength,
            AllowProcess = _options.Security.AllowProcess,
            Classes = _classes,
            Pause = _heartbeat.Pause,
            Calendars = _calendars,
            Pages = new PageOptions { Enabled = _options.Metrics.Enabled, LegacyNames = [.. _options.Metrics.LegacyNames] },
            Pulse = _pulse,
        };
        Peers.Publish(RemoteNames.Node, _system.Spawn<object>("node", () => new NodeReporter(context)), WebMessages.ToNode);
        LogStarted(_identity.Name, _options.Store.Provider, cluster.Name);
        return context;
    }

    /// <summary>Leaves: starts nothing more, waits for what runs, saves, gives its shards up. Runs once.</summary>
    public async Task StopAsync(string reason)
    {
        await _stopping.CancelAsync();
        await _system.Shutdown.RunAsync(reason);
    }

    /// <summary>
    /// Cancels what runs on a node that was declared dead: others may have resolved it by now. Nothing is waited for, and
    /// nothing more is recorded.
    /// </summary>
    public async Task AbandonAsync()
    {
        await _stopping.CancelAsync();
        if (_worker is { } worker)
        {
            worker.Tell(new CancelAll(CancelReasons.NodeDied));
            await worker.AskAsync<object, WorkerState>(static replyTo => new ReadWorker(replyTo)); // behind it
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _exports.DisposeAsync();
        await _system.DisposeAsync();
        _heartbeat?.Dispose();
        _threads?.Dispose();
        _instruments.Dispose();
        _stopping.Dispose();
        await _store.DisposeAsync();
        _http.Dispose();
        _network.Dispose();
        _dispatcher.Dispose();
        _local.Dispose();
    }

    private async Task<ClusterInfo> OpenStoreAsync(CancellationToken cancellationToken)
    {
        if (_options.Store.Migrate == MigrateMode.Auto)
        {
            await _store.MigrateAsync(cancellationToken);
        }
        else
        {
            await _store.CheckSchemaAsync(cancellationToken);
        }

        var expected = new ClusterInfo { Name = _options.Cluster.Name, ShardCount = _options.Cluster.Shards, Generation = new StatisticsGeneration(0, _clock.Now()) };
        var cluster = await _store.OpenClusterAsync(expected, cancellationToken);
        await _store.PrepareAsync(_clock.Now(), cancellationToken);
        return cluster;
    }

    private Task JoinAsync(CancellationToken cancellationToken)
    {
        var node = new NodeRow
        {
            Incarnation = _identity.Incarnation,
            Name = _identity.Name,
            Advertise = _identity.Advertise,
            Roles = [.. _options.Node.Roles],
            Classes = _classes.Names,
            Version = NodeIdentity.ProductVersion,
        };
        return Joining.JoinAsync(_store, node, _options.Cluster.Lease, _local, _log, cancellationToken);
    }

    private void SpawnActors(int shardCount, GenerationView generation)
    {
        var runner = new AttemptRunner(
            [
                new ClassExecutor(_classes),
                new HttpExecutor(_http, Environment.GetEnvironmentVariable),
                new ProcessExecutor(
                    _options.Security.AllowProcess != AllowProcess.Off, Environment.GetEnvironmentVariable, _local),
            ],
            _scopes,
            _loggers.CreateLogger<AttemptRunner>(),
            _local,
            _loggers)
        {
            OutputLimit = _options.History.OutputLimit,
            NodeName = _identity.Name,
        };
        var workerOptions = WorkerOptions();
        var context = new WorkerContext(_identity.Incarnation, _gate, _directory, Peers);
        _worker = _system.Spawn<object>(
            "worker",
            () => new Worker(context, runner, new UserCodeThreadPool(), workerOptions),
            new ActorOptions { MailboxCapacity = 4_000_000, Throughput = 512 });

        var scheduling = new SchedulingContext(
            _identity.Incarnation, _worker, _gate, _directory, _heartbeat!.Pause, Peers)
        {
            Calendars = _calendars,
            Series = new SeriesBudget(_options.Metrics.MaxJobs, _options.Cluster.Shards),
        };
        var history = new HistoryOptions { Window = _options.Metrics.Window };
        var series = new SeriesOptions { MaxLabelSets = _options.Metrics.MaxLabelSets };
        var blueprint = new ShardBlueprint(
            (recovery, writer) => new HistoryShard(recovery.Term, recovery, history, writer),
            (recovery, writer, shardHistory) => new JobShard(recovery, scheduling, writer, shardHistory),
            (recovery, writer) => new SeriesShard(recovery, series, _directory, generation, writer),
            JobShard.SpawnOptions);
        var view = new ClusterView(_directory, _shards);
        var ownership = new OwnershipCounts();
        var reconciler = new Reconciler(_identity.Incarnation, _store, _lease, _clock, view, _loggers.CreateLogger<Reconciler>());
        _region = _system.Spawn<object>(
            "region",
            () => new ShardRegion(
                _identity.Incarnation, reconciler, new ShardRegionPorts(_store, _store, Peers), blueprint, new ShardRegionOptions { Counts = ownership, Writer = new ShardWriterOptions { Pulse = _pulse } }),
            ShardRegion.SpawnOptions);
        Peers.Publish(RemoteNames.Region, _region, ClusterMessages.ToRegion);
        Peers.Publish(RemoteNames.Worker, _worker, SchedulingMessages.ToWorker);
        var audit = new AuditOptions { Retention = _options.History.Retention };
        _system.Spawn<object>("auditor", () => new Auditor(new AuditPass(_region, _store.Audit, _calendars, audit), audit));
        _system.Spawn<object>("housekeeper", () => new Housekeeper(_store, _options.History.Times));
        var sender = new SeriesSenderOptions(_identity.Incarnation, _identity.Name, shardCount);
        _sender = _system.Spawn<object>("series", () => new SeriesSender(sender, _operations, _instruments, ownership, _region));
    }

    private WorkerOptions WorkerOptions()
    {
        var slots = _options.Workers.Queues.ToDictionary(q => q.Key, q => q.Value.Slots, StringComparer.Ordinal);
        var limits = _options.Workers.Queues.Where(static q => q.Value.StartLimit is not null)
            .ToDictionary(static q => q.Key, static q => q.Value.StartLimit!.ToLimit(), StringComparer.Ordinal);
        return new WorkerOptions
        {
            Slots = _options.Workers.Slots,
            QueueSlots = slots,
            QueueLimits = limits,
            Roles = [.. _options.Node.Roles],
            RestartTimeout = _options.Workers.DrainTimeout,
            HasClass = name => _classes.Find(name) is not null,
        };
    }

    private void AddShutdownPhases()
    {
        var drainTime = _options.Workers.DrainTimeout > TimeSpan.Zero ? _options.Workers.DrainTimeout : TimeSpan.FromMilliseconds(1);
        var drain = new WorkDrain(_region!, _worker!, _gate, _local);
        _system.Shutdown.AddPhase("hand over", HandoverTime);
        _system.Shutdown.AddTask("hand over", "shards", HandOverAsync);
        _system.Shutdown.AddPhase("drain", drainTime);
        _system.Shutdown.AddTask("drain", "jobs", drain.WaitAsync);
        _system.Shutdown.AddPhase("cancel", CancelTime);
        _system.Shutdown.AddTask("cancel", "attempts", drain.CancelAsync);
        _system.Shutdown.AddPhase("flush", FlushTime);
        _system.Shutdown.AddTask("flush", "operations", FlushAsync);
        _system.Shutdown.AddPhase("save", SaveTime);
        _system.Shutdown.AddTask("save", "histories", SaveAsync);
        _system.Shutdown.AddTask("save", "exports", _ => _exports.StopAsync());
        _system.Shutdown.AddPhase("leave", LeaveTime);
        _system.Shutdown.AddTask("leave", "cluster", LeaveAsync);

        // The web server waits for the connections of other nodes to end.
        _system.Shutdown.AddPhase("disconnect", DisconnectTime);
        _system.Shutdown.AddTask("disconnect", "lanes", _ => Peers.StopAsync());
    }

    private Task HandOverAsync(CancellationToken cancellationToken)
    {
        _worker!.Tell(new Worker.Drain());
        return new Departure(_identity.Incarnation, _region!, _store, _directory, _local).HandOverAsync(cancellationToken);
    }

    /// <summary>Sends what was recorded, so that nothing is lost and nothing counts as lost.</summary>
    private Task FlushAsync(CancellationToken cancellationToken)
    {
        return _sender!.AskAsync<object, SeriesFlushed>(
            static replyTo => new FlushSeries(replyTo), FlushTime, cancellationToken);
    }

    /// <summary>Saves every history, so that the next owner has nothing to replay.</summary>
    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var owned = await OwnedAsync(cancellationToken);
        await Task.WhenAll(owned.Select(s => s.History.AskAsync<object, AllSaved>(replyTo => new SaveAll(replyTo), SaveTime, cancellationToken)));
    }

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        var owned = await OwnedAsync(cancellationToken);
        await _system.StopAsync(_region!);
        await _store.ReleaseAsync(_identity.Incarnation, [.. owned.Select(static s => new Handover(s.Term, Successor: null))], cancellationToken);
        _heartbeat!.Leave();
        await _store.LeaveAsync(_identity.Incarnation, cancellationToken);
        LogLeft(_identity.Name);
    }

    private async Task<IReadOnlyList<OwnedShard>> OwnedAsync(CancellationToken cancellationToken)
    {
        var owned = await _region!.AskAsync<object, OwnedShards>(replyTo => new ReadOwnedShards(replyTo), cancellationToken: cancellationToken);
        return owned.Shards;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Name} is up on {Provider}, cluster {Cluster}.")]
    private partial void LogStarted(string name, StoreProvider provider, string cluster);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Name} has left.")]
    private partial void LogLeft(string name);
}
