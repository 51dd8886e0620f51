using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>Asks a shard's history to save everything that is not saved yet, before the shard is handed over.</summary>
/// <param name="ReplyTo">Told when all of it is committed, or cannot be.</param>
public sealed record SaveAll(IActorRef<AllSaved> ReplyTo);
