using Carillon.Cluster;
using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>One node. What only the node itself knows is null when it does not answer.</summary>
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

    /// <summary>The same node with what it says itself, if it answers.</summary>
    public NodeDocument With(NodeAnswer? answer)
    {
        return answer is null ? this : this with
        {
            ClockSkewSeconds = answer.ClockSkew.TotalSeconds,
            LeaseHeadroomSeconds = answer.LeaseHeadroom.TotalSeconds,
            Shards = answer.Shards,
            Slots = answer.Worker.Slots,
            Active = answer.Worker.Active,
            Idle = Math.Max(0, answer.Worker.Slots - answer.Worker.Active),
            Running = answer.Worker.Running,
            Process = answer.Process,
        };
    }
}
