namespace Carillon.Web;

/// <summary>Who sent a request.</summary>
/// <param name="Name">A token's name, the host's user, or how an anonymous caller was let in.</param>
/// <param name="Role">What it may do.</param>
internal sealed record Caller(string Name, Role Role);
