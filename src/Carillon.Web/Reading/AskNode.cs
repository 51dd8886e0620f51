using Carillon.Actors;

namespace Carillon.Web;

/// <summary>Asks a node what it knows about itself.</summary>
/// <param name="ReplyTo">Who is told.</param>
public sealed record AskNode(IActorRef<NodeAnswer> ReplyTo);
