using Carillon.Actors;
using Carillon.Cluster;

namespace Carillon.Scheduling;

/// <summary>What the job actors of a node share.</summary>
/// <param name="Node">This incarnation.</param>
/// <param name="Worker">The worker of this node.</param>
/// <param name="Gate">Whether something new may start.</param>
/// <param name="Directory">Which incarnations live.</param>
/// <param name="Pause">Whether the whole scheduler is paused.</param>
public sealed record SchedulingContext(Guid Node, IActorRef<object> Worker, IStartGate Gate, NodeDirectory Directory, PauseView Pause);
