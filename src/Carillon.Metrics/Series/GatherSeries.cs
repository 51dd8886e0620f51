using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>
/// Asks a shard for its operations and instruments. It answers behind the append in flight, so that no page is older
/// than one already served.
/// </summary>
/// <param name="ReplyTo">Who gets the part.</param>
public sealed record GatherSeries(IActorRef<ShardSeriesPart> ReplyTo);
