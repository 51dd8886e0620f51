namespace Carillon.Web;

/// <summary>What the body of a request holds.</summary>
/// <param name="Type">The document.</param>
internal sealed record RequestBody(Type Type);
