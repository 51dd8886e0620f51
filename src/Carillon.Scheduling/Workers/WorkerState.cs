namespace Carillon.Scheduling;

/// <summary>What a worker has to do.</summary>
/// <param name="Slots">How many attempts it may run at once.</param>
/// <param name="Active">Slots that are reserved or in use.</param>
/// <param name="Running">Attempts whose code runs.</param>
/// <param name="Overdue">Of these, attempts whose end is told already, because their code ignores its cancellation.</param>
/// <param name="Unrecorded">Attempts whose end is not recorded yet, those whose code runs included.</param>
/// <param name="Queues">The queues that are configured or in use.</param>
public sealed record WorkerState(
    int Slots, int Active, int Running, int Overdue, int Unrecorded, IReadOnlyList<QueueState> Queues);
