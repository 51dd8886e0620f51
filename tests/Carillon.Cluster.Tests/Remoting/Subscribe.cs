using Carillon.Actors;

namespace Carillon.Cluster.Tests.Remoting;

/// <summary>Asks for more than one word.</summary>
public sealed record Subscribe(IActorRef<Told> ReplyTo);
