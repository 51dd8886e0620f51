namespace Carillon.Web;

/// <summary>Certificates, as PEM files. Keys: <c>security.tls</c>.</summary>
public sealed record TlsOptions
{
    /// <summary>
    /// The certificate that <c>carillon node</c> shows where <c>node.urls</c> are https, and after it those that lead to
    /// its issuer. Default: none.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>Its private key, not encrypted. Required with <see cref="Certificate"/>.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// The authorities of which one must have issued the certificates of other nodes. Default: those the system trusts.
    /// </summary>
    public string? Ca { get; init; }
}
