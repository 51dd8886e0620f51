using Carillon.Cluster;

namespace Carillon.Scheduling;

/// <summary>What a worker knows of its node and of the others.</summary>
/// <param name="Node">This incarnation.</param>
/// <param name="Gate">Whether what is committed as started may run.</param>
/// <param name="Directory">Which incarnations live, and what they can run.</param>
/// <param name="Remote">The workers of other nodes.</param>
public sealed record WorkerContext(Guid Node, IStartGate Gate, NodeDirectory Directory, IRemoteActors Remote);
