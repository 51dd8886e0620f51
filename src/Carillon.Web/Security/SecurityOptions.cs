namespace Carillon.Web;

/// <summary>Who may do what. Keys: <c>security</c>.</summary>
public sealed record SecurityOptions
{
    /// <summary>The tokens that are accepted. Default: none.</summary>
    public IReadOnlyList<TokenOptions> Tokens { get; init; } = [];

    /// <summary>
    /// Whether a caller without a token is an admin when it is on this machine: its address and the Host header are
    /// loopback and no proxy has left a forwarding header. Default: true. Switch it off behind a proxy on the same
    /// machine that leaves no such header.
    /// </summary>
    public bool AllowAnonymousLoopback { get; init; } = true;

    /// <summary>
    /// Whether HTTP jobs may reach link-local addresses, where clouds answer with credentials. Default: false.
    /// </summary>
    public bool AllowLinkLocal { get; init; }

    /// <summary>Which jobs may start processes on this node. Default: <see cref="AllowProcess.Off"/>.</summary>
    public AllowProcess AllowProcess { get; init; }

    /// <summary>Certificates. Default: none.</summary>
    public TlsOptions Tls { get; init; } = new();
}
