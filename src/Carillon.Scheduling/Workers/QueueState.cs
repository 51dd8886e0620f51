namespace Carillon.Scheduling;

/// <summary>One queue of a worker.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Slots">Its share of the worker's slots.</param>
/// <param name="Active">Slots of it that are reserved or in use.</param>
/// <param name="Length">Jobs that wait for one of its slots.</param>
/// <param name="OldestDueAt">The due time of the one that waits longest, or null.</param>
public sealed record QueueState(string Name, int Slots, int Active, int Length, DateTimeOffset? OldestDueAt);
