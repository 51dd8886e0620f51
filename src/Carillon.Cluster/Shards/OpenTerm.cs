using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>Tells the <see cref="ShardWriter"/> that a term begins.</summary>
/// <param name="Term">The term.</param>
/// <param name="LastNo">The largest number recorded in the shard; the next event gets one more.</param>
/// <param name="History">Who is told of every committed event.</param>
public sealed record OpenTerm(ShardTerm Term, long LastNo, IActorRef<CommittedEvents> History);
