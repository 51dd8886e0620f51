using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// Has the <see cref="ShardWriter"/> tell a shard's history a message once the append that is in flight is answered: its
/// events may be in the store already, and shown by another node. When nobody knows how the append ended, the history
/// does not know it either, and the message goes back with <see cref="NotTold"/>.
/// </summary>
/// <param name="Term">The shard, and the term of its history.</param>
/// <param name="History">Who is told.</param>
/// <param name="Delivery">The message.</param>
public sealed record TellBehind(ShardTerm Term, IActorRef<object> History, ShardDelivery Delivery);
