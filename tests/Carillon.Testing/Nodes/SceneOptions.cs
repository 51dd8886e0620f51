using Carillon.Model;

namespace Carillon.Testing;

/// <summary>The size of a scene, and its chance.</summary>
public sealed record SceneOptions
{
    /// <summary>Decides every choice of the run: the same seed gives the same run.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Shards of the cluster.</summary>
    public int Shards { get; init; } = 4;

    /// <summary>Slots of each node.</summary>
    public int Slots { get; init; } = 32;

    /// <summary>How often attempts of single queues may start on each node.</summary>
    public IReadOnlyDictionary<string, StartLimit> QueueLimits { get; init; } = new Dictionary<string, StartLimit>(StringComparer.Ordinal);

    /// <summary>Whether a node that was declared dead comes back as another incarnation.</summary>
    public bool Rejoins { get; init; }

    /// <summary>Whether each node has faults of its own on its way to the store, and none that all share.</summary>
    public bool HasOwnFaults { get; init; }

    /// <summary>Whether the rows are checked after every step; not in scenes that falsify them.</summary>
    public bool ChecksRows { get; init; } = true;

    /// <summary>How long a node that leaves waits for what runs.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);
}
