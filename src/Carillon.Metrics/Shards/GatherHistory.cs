using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>
/// Asks a shard's history for its part of a page. The shard answers from what it has folded; whoever hands the
/// question on does so behind the append that was in flight when it arrived, so that no answer is older than a page
/// already served.
/// </summary>
/// <param name="Generation">
/// The newest generation of the statistics that is known; a shard of an earlier one first begins it. The part tells its
/// own, which may be later still.
/// </param>
/// <param name="ReplyTo">Who gets the part.</param>
/// <param name="EveryJob">Whether jobs that share series are told one by one, too.</param>
public sealed record GatherHistory(long Generation, IActorRef<ShardHistoryPart> ReplyTo, bool EveryJob = false);
