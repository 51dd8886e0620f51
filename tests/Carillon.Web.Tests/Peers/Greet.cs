using Carillon.Actors;

namespace Carillon.Web.Tests.Peers;

/// <summary>A question of the tests, answered with a <see cref="Note"/>.</summary>
public sealed record Greet(string Name, IActorRef<Note> ReplyTo);
