using Carillon.Actors;

namespace Carillon.Cluster.Tests.Remoting;

/// <summary>A question of the tests.</summary>
public sealed record Question(string Text, IActorRef<Answer> ReplyTo);
