using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Asks a worker for a slot.</summary>
/// <param name="Job">For what. Its priority comes first; among equals, who had a slot the longest ago, then who asked first.</param>
/// <param name="DueAt">Since when the job waits for it.</param>
/// <param name="ReplyTo">Who is told.</param>
/// <param name="For">The waiting attempt it is for; null for the next occurrence of the schedule.</param>
/// <param name="LastSlotTicks">About when the job had its last slot, or was made: UTC ticks. Default: before all others.</param>
public sealed record SlotRequest(
    JobDefinition Job, DateTimeOffset DueAt, IActorRef<SlotGranted> ReplyTo, Attempt? For, long LastSlotTicks = 0)
{
    /// <summary>
    /// How many attempts of the job may run code at once. Code that ignores its replacement must not hold up what
    /// replaces it.
    /// </summary>
    public int Limit => Job.Overlap == OverlapPolicy.CancelPrevious ? int.MaxValue : Job.ConcurrencyLimit;

    /// <summary>The job class that a node must have in its code; null for none.</summary>
    public string? ClassName => (Job.Run as ClassRun)?.Class;

    /// <summary>The only incarnation that may run it, because its start is recorded there; null for any.</summary>
    public Guid? Node => For?.Node;
}
