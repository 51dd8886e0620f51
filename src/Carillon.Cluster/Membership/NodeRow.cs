namespace Carillon.Cluster;

/// <summary>One incarnation of a node: one life of its process.</summary>
public sealed record NodeRow
{
    /// <summary>How long after its lease a dead node is still told about.</summary>
    public static readonly TimeSpan ToldAfterDeath = TimeSpan.FromMinutes(10);

    /// <summary>Made at process start; never used again.</summary>
    public required Guid Incarnation { get; init; }

    /// <summary>The stable name, unique among nodes that are not dead.</summary>
    public required string Name { get; init; }

    /// <summary>The base URL under which other nodes reach it.</summary>
    public required string Advertise { get; init; }

    /// <summary>What it can do, for jobs that ask for roles.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The job classes that it has in code, sorted.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public NodeStatus Status { get; init; } = NodeStatus.Up;

    /// <summary>Grows with every renewal.</summary>
    public long Beat { get; init; }

    /// <summary>Until when, by the store's clock, nobody may resolve what it runs.</summary>
    public DateTimeOffset LeaseUntil { get; init; }

    /// <summary>The product's version.</summary>
    public required string Version { get; init; }

    /// <summary>When it joined, by the store's clock.</summary>
    public DateTimeOffset StartedAt { get; init; }
}
