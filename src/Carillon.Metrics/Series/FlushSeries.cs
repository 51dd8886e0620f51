using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>Asks a node's <see cref="SeriesSender"/> to send all that was recorded, and to close.</summary>
/// <param name="ReplyTo">Told when all of it is committed.</param>
public sealed record FlushSeries(IActorRef<SeriesFlushed> ReplyTo);
