using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>
/// Asks a shard for its operations and instruments. It answers behind the append in flight, so that no page is older
/// than one already served.
/// </summary>
/// <param name="Generation">The generation that is asked for; a later one than the shard's begins it.</param>
/// <param name="ReplyTo">Who gets the part.</param>
public sealed record GatherSeries(long Generation, IActorRef<ShardSeriesPart> ReplyTo);
