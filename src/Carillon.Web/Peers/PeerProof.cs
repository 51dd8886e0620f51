using System.Security.Cryptography;
using System.Text;

namespace Carillon.Web;

/// <summary>
/// What shows that both ends of a lane know the cluster's secret: a digest of what the greeting says, made with it. The
/// greeting names both incarnations and a number used once, so a proof is good for no other connection.
/// </summary>
internal static class PeerProof
{
    /// <summary>The proof of the node that connects.</summary>
    public static string OfGreeting(string secret, string greeting)
    {
        return Digest(secret, "greeting " + greeting);
    }

    /// <summary>The proof of the node that takes the connection.</summary>
    public static string OfAnswer(string secret, string greeting)
    {
        return Digest(secret, "answer " + greeting);
    }

    /// <summary>Whether a proof is the expected one; takes the same time either way.</summary>
    public static bool Matches(string expected, string? proof)
    {
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(proof ?? string.Empty));
    }

    private static string Digest(string secret, string text)
    {
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
    }
}
