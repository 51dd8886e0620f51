using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>Asks a shard for one operation, or for all of its operations. It answers behind the append in flight.</summary>
/// <param name="Name">The operation; null for all.</param>
/// <param name="Generation">The generation that is asked for; a later one than the shard's begins it.</param>
/// <param name="ReplyTo">Who gets them.</param>
public sealed record ReadOperation(string? Name, long Generation, IActorRef<OperationRead> ReplyTo);
