namespace Carillon.Actors.Tests;

internal sealed record Read(IActorRef<Count> ReplyTo);
