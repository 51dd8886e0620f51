using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Scheduling;
using Carillon.Scheduling.Calendars;

namespace Carillon.Web;

/// <summary>What the HTTP API of a node works on.</summary>
public sealed record NodeContext
{
    /// <summary>The node's stable name.</summary>
    public required string NodeName { get; init; }

    /// <summary>This life of its process.</summary>
    public required Guid Incarnation { get; init; }

    /// <summary>The product's version.</summary>
    public required string Version { get; init; }

    /// <summary>The store's kind: <c>sqlite</c> or <c>postgresql</c>.</summary>
    public required string StoreKind { get; init; }

    /// <summary>The cluster row.</summary>
    public required ClusterInfo Cluster { get; init; }

    /// <summary>The generation of the statistics.</summary>
    public required GenerationView Generation { get; init; }

    /// <summary>The shards of this node.</summary>
    public required IActorRef<object> Region { get; init; }

    /// <summary>The worker of this node.</summary>
    public required IActorRef<object> Worker { get; init; }

    /// <summary>The actors of all nodes.</summary>
    public required IRemoteActors Remote { get; init; }

    /// <summary>Reads what is recorded of shards whose owner does not answer.</summary>
    public required IShardLog Log { get; init; }

    /// <summary>How histories are kept.</summary>
    public HistoryOptions HistoryOptions { get; init; } = new();

    /// <summary>How operations and instruments are kept.</summary>
    public SeriesOptions SeriesOptions { get; init; } = new();

    /// <summary>Creates, changes, runs and reads jobs.</summary>
    public required IJobClient Jobs { get; init; }

    /// <summary>Reads recorded executions.</summary>
    public required IJobStore Executions { get; init; }

    /// <summary>Reads the figures of past periods.</summary>
    public required IRollupStore Rollups { get; init; }

    /// <summary>How long recorded history is kept.</summary>
    public required Retention Retention { get; init; }

    /// <summary>Reads the figures of operations in past minutes and hours.</summary>
    public required IOperationStore Operations { get; init; }

    /// <summary>When operations make the health degraded.</summary>
    public OperationThresholds OperationThresholds { get; init; } = new();

    /// <summary>Reads what the audit of the records has found.</summary>
    public required IAuditStore Audit { get; init; }

    /// <summary>Reads membership rows: the health of the database.</summary>
    public required IClusterStore Membership { get; init; }

    /// <summary>The nodes as last read.</summary>
    public required NodeDirectory Directory { get; init; }

    /// <summary>Who owns which shard, as last read.</summary>
    public required ShardDirectory Shards { get; init; }

    /// <summary>This node's lease.</summary>
    public required Lease Lease { get; init; }

    /// <summary>The store's time, and the skew of this node's clock.</summary>
    public required ClusterClock Clock { get; init; }

    /// <summary>Where the node keeps its files; told about is the space that is left there. May be missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How many actors wait for a thread.</summary>
    public required Func<int> DispatcherQueue { get; init; }

    /// <summary>What the lanes to other nodes have been through. Default: nothing.</summary>
    public Func<IReadOnlyList<LaneFigures>> Lanes { get; init; } = static () => [];

    /// <summary>Which jobs may start processes.</summary>
    public AllowProcess AllowProcess { get; init; }

    /// <summary>The code that jobs of type <c>class</c> can run here.</summary>
    public required JobClasses Classes { get; init; }

    /// <summary>Whether the whole scheduler is paused.</summary>
    public required PauseView Pause { get; init; }

    /// <summary>What pages of metrics show.</summary>
    public PageOptions Pages { get; init; } = new();

    /// <summary>Counts what this node has committed.</summary>
    public CommitPulse Pulse { get; init; } = new();

    /// <summary>The calendars that schedules may name. Default: none.</summary>
    public CalendarSet Calendars { get; init; } = CalendarSet.Empty;
}
