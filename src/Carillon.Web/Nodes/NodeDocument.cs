using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>One node. What only the node itself knows is null in the answers of others.</summary>
internal sealed record NodeDocument
{
    public required string Node { get; init; }

    public required Guid Incarnation { get; init; }

    public required NodeStatus State { get; init; }

    public required string Advertise { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double HeartbeatAgeSeconds { get; init; }

    public double? ClockSkewSeconds { get; init; }

    public double? LeaseHeadroomSeconds { get; init; }

    public int? Shards { get; init; }

    public int? Slots { get; init; }

    public int? Active { get; init; }

    public int? Idle { get; init; }

    public int? Running { get; init; }

    public NodeFigures? Process { get; init; }

    /// <summary>What the store says of a node.</summary>
    public static NodeDocument Of(NodeRow row, Lease lease, DateTimeOffset now)
    {
        return new NodeDocument
        {
            Node = row.Name,
            Incarnation = row.Incarnation,
            State = row.Status,
            Advertise = row.Advertise,
            Roles = row.Roles,
            Version = row.Version,
            StartedAt = row.StartedAt,
            HeartbeatAgeSeconds = Ages.OfHeartbeat(row, lease, now).TotalSeconds,
        };
    }

    /// <summary>The same node with what it knows itself.</summary>
    public NodeDocument With(RunningNode running, OwnedShards shards, WorkerState worker)
    {
        var node = running.Context;
        return this with
        {
            ClockSkewSeconds = (-node.Clock.Skew).TotalSeconds,
            LeaseHeadroomSeconds = node.Lease.Headroom.TotalSeconds,
            Shards = shards.Shards.Count,
            Slots = worker.Slots,
            Active = worker.Active,
            Idle = Math.Max(0, worker.Slots - worker.Active),
            Running = worker.Running,
            Process = running.Meter.Read(),
        };
    }
}
