namespace Carillon.Web;

/// <summary>One token that callers may send. Key: an item of <c>security.tokens</c>.</summary>
public sealed record TokenOptions
{
    /// <summary>Who holds it: shown as the author of what is done with it. Required.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What its holder may do. Default: <see cref="Role.Viewer"/>.</summary>
    public Role Role { get; init; } = Role.Viewer;

    /// <summary><c>sha256:</c> and 64 hexadecimal digits: <see cref="AccessToken.Hash"/>. Required.</summary>
    public string Hash { get; init; } = string.Empty;
}
