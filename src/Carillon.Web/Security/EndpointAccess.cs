namespace Carillon.Web;

/// <summary>What an endpoint asks of its callers. Every endpoint carries one.</summary>
/// <param name="Role">The least role that may call it; null for everyone.</param>
/// <param name="NeedsNode">Whether it answers only while the node has started.</param>
internal sealed record EndpointAccess(Role? Role, bool NeedsNode);
