using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Asks a worker for a slot.</summary>
/// <param name="JobId">For whom.</param>
/// <param name="Queue">The queue whose share it takes.</param>
/// <param name="Priority">Higher goes first; among equals, whose job had a slot the longest ago, and then who asked first.</param>
/// <param name="DueAt">Since when the job waits for it.</param>
/// <param name="ReplyTo">Who is told.</param>
/// <param name="For">The waiting attempt it is for; null for the next occurrence of the schedule.</param>
/// <param name="Limit">How many attempts of the job may run code at once. Default: any number.</param>
public sealed record SlotRequest(
    string JobId,
    string Queue,
    int Priority,
    DateTimeOffset DueAt,
    IActorRef<SlotGranted> ReplyTo,
    AttemptKey? For,
    int Limit = int.MaxValue)
{
    /// <summary>About when the job had its last slot, or was made. Default: before all others.</summary>
    public DateTimeOffset LastSlotAt { get; init; }

    /// <summary>What a node must have to run it. Default: nothing.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The job class that a node must have in its code; null for none.</summary>
    public string? ClassName { get; init; }

    /// <summary>The only incarnation that may run it, because its start is recorded there; null for any.</summary>
    public Guid? Node { get; init; }
}
