using System.Security.Cryptography.X509Certificates;

namespace Carillon.Web;

/// <summary>How nodes prove themselves to each other.</summary>
public sealed record PeerOptions
{
    /// <summary>
    /// What all nodes of the cluster know and no one else. Never sent. Null: only nodes on this machine are reached and
    /// let in, without a proof.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>Who must have issued the certificates of other nodes; null for whoever the system trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }
}
