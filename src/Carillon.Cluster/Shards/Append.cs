using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>Asks the <see cref="ShardWriter"/> to record facts: all of them or none.</summary>
/// <param name="Term">The term under which the sender works.</param>
/// <param name="Writes">What to record, in order.</param>
/// <param name="ReplyTo">Who is told the result; null when nobody waits for it.</param>
/// <param name="Tag">Handed back with the result.</param>
public sealed record Append(ShardTerm Term, IReadOnlyList<ShardWrite> Writes, IActorRef<AppendResult>? ReplyTo, object? Tag = null);
