using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>A job's word to its shard: when to wake it, and when it runs next, which the shard hands on.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Actor">Its actor; what one says that is no longer the job's does not count.</param>
/// <param name="WakeAt">When there is something to do, or null when only a message can bring that.</param>
/// <param name="At">The next occurrence of its schedule, or null.</param>
/// <param name="Rest">What to remember of it when its actor is of no use until then; null when it is.</param>
/// <param name="Handled">How many of its shard's messages it has handled: while there are others, it cannot rest.</param>
internal sealed record WakeWish(
    string JobId, IActorRef<object> Actor, DateTimeOffset? WakeAt, DateTimeOffset? At, JobMemory? Rest, int Handled)
    : NextRunChanged(JobId, At);
