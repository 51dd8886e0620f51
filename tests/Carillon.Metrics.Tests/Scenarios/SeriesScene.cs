using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Metrics.Tests;

/// <summary>
/// Nodes that record, shards that merge, and a store between them, on virtual time. Shards can be restarted from the store,
/// nodes killed, and commits held up.
/// </summary>
internal sealed class SeriesScene : IAsyncDisposable
{
    public const int Shards = 4;

    private readonly DeterministicDispatcher _dispatcher = new(1);
    private readonly ActorSystem _system;
    private readonly NodeDirectory _directory = new();
    private readonly Dictionary<int, IActorRef<object>> _shards = [];
    private readonly Dictionary<Guid, NodeRow> _nodes = [];
    private readonly List<MeterBridge> _bridges = [];
    private readonly Queue<Append> _held = new();
    private readonly IActorRef<ToSeries> _region;
    private readonly IActorRef<Append> _writer;
    private long _epoch = 1;
    private long _no;
    private long _asked;

    public SeriesScene(SeriesOptions? options = null)
    {
        Options = options ?? new SeriesOptions();
        Time = new VirtualTimeProvider(Facts.Start, _dispatcher);
        _system = new ActorSystem(
            "series", new ActorSystemOptions { Time = Time, Dispatcher = _dispatcher, Random = new Random(1) });
        _writer = _system.Spawn("writer", () => new Handler<Append>(Commit));
        _region = _system.Spawn("region", () => new Handler<ToSeries>(Deliver));
    }

    public SeriesOptions Options { get; }

    public VirtualTimeProvider Time { get; }

    /// <summary>The generation as the owners know it.</summary>
    public GenerationView Generation { get; } = new(new StatisticsGeneration(0, Facts.Start));

    public SeriesRows Rows { get; } = new();

    /// <summary>What all nodes have taken.</summary>
    public OwnershipCounts Ownership { get; } = new();

    /// <summary>Whether commits wait.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Whether a commit is done and nobody is told, as when the owner dies at that moment.</summary>
    public bool AnswersAreLost { get; set; }

    /// <summary>How many deltas were delivered, the repeated ones too.</summary>
    public int Delivered { get; private set; }

    public SceneNode Start(string name, OperationRecorderOptions? options = null, params string[] meters)
    {
        var incarnation = new Guid(_nodes.Count + 1, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]);
        Set(new NodeRow { Incarnation = incarnation, Name = name, Advertise = "http://x", Version = "1" });
        var recorder = new OperationRecorder(options ?? new OperationRecorderOptions(), Time);
        _bridges.Add(new MeterBridge(meters, 5, recorder, NullLogger<MeterBridge>.Instance));
        var bridge = _bridges[^1];
        var sender = _system.Spawn<object>(
            $"sender-{_nodes.Count}",
            () => new SeriesSender(new SeriesSenderOptions(incarnation, name, Shards), recorder, bridge, Ownership, _region));
        return new SceneNode(incarnation, name, recorder, sender);
    }

    /// <summary>A second, in which whatever was recorded is sent and merged.</summary>
    public void Second(int count = 1)
    {
        for (; count > 0; count--)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The node's process is killed, and the cluster notices at once.</summary>
    public async Task KillAsync(SceneNode node)
    {
        var stopped = _system.StopAsync(node.Sender);
        _dispatcher.RunUntilIdle();
        await stopped;
        Set(_nodes[node.Incarnation] with { Status = NodeStatus.Dead });
    }

    /// <summary>The node leaves in order.</summary>
    public async Task LeaveAsync(SceneNode node)
    {
        var flushed = new Probe<SeriesFlushed>(_system, $"leaving-{node.Incarnation}");
        node.Sender.Tell(new FlushSeries(flushed.Ref));
        _dispatcher.RunUntilIdle();
        Assert.Single(flushed.Received);
        await KillAsync(node);
    }

    /// <summary>The owner of the shards dies; the next one reads them from the store when it is asked.</summary>
    public async Task RestartShardsAsync()
    {
        foreach (var shard in _shards.Values)
        {
            var stopped = _system.StopAsync(shard);
            _dispatcher.RunUntilIdle();
            await stopped;
        }

        _shards.Clear();
        _held.Clear();
        _epoch++;
    }

    /// <summary>The statistics are reset; owners learn it from whoever asks, or from their next beat.</summary>
    public void Reset(bool ownersKnow)
    {
        _asked++;
        if (ownersKnow)
        {
            Generation.Advance(new StatisticsGeneration(_asked, Time.Now()));
        }
    }

    public void CommitHeld()
    {
        IsHeld = false;
        while (_held.TryDequeue(out var append))
        {
            _writer.Tell(append);
        }

        _dispatcher.RunUntilIdle();
    }

    /// <summary>Everything that a page would show; null while a shard waits for a commit.</summary>
    public ClusterSeries? Page()
    {
        var parts = new Probe<ShardSeriesPart>(_system, $"page-{_no++}");
        for (var shard = 0; shard < Shards; shard++)
        {
            Open(shard).Tell(new GatherSeries(_asked, parts.Ref));
        }

        _dispatcher.RunUntilIdle();
        return parts.Received.Count == Shards ? ClusterSeries.Merge(parts.Received) : null;
    }

    public OperationSeries Operation(string name)
    {
        return Assert.Single(Operations(name));
    }

    public IReadOnlyList<OperationSeries> Operations(string name)
    {
        var page = Page() ?? throw new InvalidOperationException("the page is not complete");
        return page.Operations.Single(o => string.Equals(o.Name, name, StringComparison.Ordinal)).Series;
    }

    public long Dropped(DropReason reason)
    {
        return Dropped(Words.Of(reason));
    }

    /// <summary>What is shown of a reason, once all that was counted has arrived.</summary>
    public long Dropped(string reason)
    {
        Second(2);
        return Page()!.Dropped.Single(d => string.Equals(d.Name, reason, StringComparison.Ordinal)).Count;
    }

    public IReadOnlyList<OperationStatistics> Read(string name)
    {
        var read = new Probe<OperationRead>(_system, $"read-{_no++}");
        Open(new SeriesName(MetricKind.Operation, name).ShardOf(Shards)).Tell(new ReadOperation(name, _asked, read.Ref));
        _dispatcher.RunUntilIdle();
        return Assert.Single(read.Received).Operations;
    }

    public void RunUntilIdle()
    {
        _dispatcher.RunUntilIdle();
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        _bridges.ForEach(static bridge => bridge.Dispose());
    }

    private void Set(NodeRow node)
    {
        _nodes[node.Incarnation] = node;
        _directory.Replace(_nodes.Values);
    }

    private void Deliver(ToSeries delivery)
    {
        Delivered++;
        Open(delivery.Shard).Tell(delivery.Message);
    }

    private IActorRef<object> Open(int shard)
    {
        if (!_shards.TryGetValue(shard, out var open))
        {
            var recovery = Rows.Load(new ShardTerm(shard, _epoch));
            open = _system.Spawn<object>(
                $"series-{shard}-{_epoch}", () => new SeriesShard(recovery, Options, _directory, Generation, _writer));
            _shards.Add(shard, open);
        }

        return open;
    }

    private void Commit(Append append)
    {
        if (IsHeld)
        {
            _held.Enqueue(append);
            return;
        }

        Rows.Apply(append);
        if (!AnswersAreLost)
        {
            append.ReplyTo?.Tell(new Appended(append, LastNo: 9));
        }
    }

    private sealed class Handler<TMessage>(Action<TMessage> handle) : Actor<TMessage>
        where TMessage : class
    {
        protected override void Receive(TMessage message)
        {
            handle(message);
        }
    }
}
