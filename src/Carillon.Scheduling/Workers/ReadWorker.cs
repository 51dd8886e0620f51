using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Asks a worker what it has to do.</summary>
/// <param name="ReplyTo">Who is told.</param>
public sealed record ReadWorker(IActorRef<WorkerState> ReplyTo);
