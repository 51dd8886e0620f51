using Carillon.Metrics;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>What a node knows about itself, and nobody else does.</summary>
public sealed record NodeAnswer
{
    /// <summary>The incarnation.</summary>
    public required Guid Node { get; init; }

    /// <summary>Its worker.</summary>
    public required WorkerState Worker { get; init; }

    /// <summary>The shards that it has open.</summary>
    public required int Shards { get; init; }

    /// <summary>Its clock minus the store's.</summary>
    public required TimeSpan ClockSkew { get; init; }

    /// <summary>How long its lease still lasts.</summary>
    public required TimeSpan LeaseHeadroom { get; init; }

    /// <summary>What its process uses.</summary>
    public required NodeFigures Process { get; init; }

    /// <summary>How many changes of jobs it has committed.</summary>
    public required long JobCommits { get; init; }

    /// <summary>How many steps of executions it has committed.</summary>
    public required long ExecutionCommits { get; init; }
}
