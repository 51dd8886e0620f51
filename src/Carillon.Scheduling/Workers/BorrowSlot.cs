using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>
/// Asks the worker of another node for a slot, at once or not at all: nobody waits in two lines. Answered with
/// <see cref="SlotLent"/> or <see cref="SlotDenied"/>.
/// </summary>
/// <param name="Id">Unique on the worker that asks.</param>
/// <param name="JobId">For whom.</param>
/// <param name="Queue">The queue whose share it takes.</param>
/// <param name="Limit">How many attempts of the job may run code at once.</param>
/// <param name="ReplyTo">Who is told.</param>
public sealed record BorrowSlot(long Id, string JobId, string Queue, int Limit, IActorRef<object> ReplyTo);
