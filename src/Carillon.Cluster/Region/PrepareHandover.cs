using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>
/// Tells an actor of a shard that the shard is about to be handed over. The aggregator saves what the next owner would
/// have to replay. The scheduler takes no further step, and answers when nothing of it is on its way to the store.
/// </summary>
/// <param name="ReplyTo">Who is told.</param>
public sealed record PrepareHandover(IActorRef<HandoverPrepared> ReplyTo);
