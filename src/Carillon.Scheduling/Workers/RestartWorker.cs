using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>
/// Tells a worker to begin afresh: it takes nothing more until what runs has ended, and cancels what has not after
/// <see cref="WorkerOptions.RestartTimeout"/>.
/// </summary>
/// <param name="ReplyTo">Who is told how the worker stands.</param>
public sealed record RestartWorker(IActorRef<WorkerState> ReplyTo);
