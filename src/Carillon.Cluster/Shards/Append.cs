using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// Asks the shard writer to record facts of one shard. All of them are committed in one step, or none; the writer
/// keeps the order in which one sender asked.
/// </summary>
/// <param name="Term">The shard, and the sender's term: taken from the claim, never refreshed.</param>
/// <param name="Writes">In the order in which they are to be numbered.</param>
/// <param name="ReplyTo">Who is told the result; null when nobody needs to know.</param>
/// <param name="Tag">Comes back with the result unchanged; null when not needed.</param>
public sealed record Append(
    ShardTerm Term, IReadOnlyList<ShardWrite> Writes, IActorRef<AppendResult>? ReplyTo, object? Tag = null);
