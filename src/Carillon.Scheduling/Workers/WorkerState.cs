namespace Carillon.Scheduling;

/// <summary>What a worker has to do.</summary>
/// <param name="Slots">How many attempts it may run at once.</param>
/// <param name="Active">Slots that are reserved or in use.</param>
/// <param name="Running">Attempts whose code runs.</param>
/// <param name="Unrecorded">Attempts whose end is not recorded yet, those whose code runs included.</param>
/// <param name="Queues">The queues that are configured or in use.</param>
public sealed record WorkerState(int Slots, int Active, int Running, int Unrecorded, IReadOnlyList<QueueState> Queues);
