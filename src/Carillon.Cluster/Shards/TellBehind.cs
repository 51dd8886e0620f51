using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>
/// Has the <see cref="ShardWriter"/> tell a message once the append that is in flight is answered: its events may be in
/// the store already, and shown by another node.
/// </summary>
/// <param name="Target">Who is told.</param>
/// <param name="Message">What.</param>
internal sealed record TellBehind(IActorRef<object> Target, object Message);
