using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Web;

/// <summary>
/// Bearer tokens: 32 random bytes as 43 characters of base64url. Only the SHA-256 of those characters is kept; a
/// random key of that size needs no salt and no slow hash.
/// </summary>
public static class AccessToken
{
    private const string Prefix = "sha256:";
    private const int RandomBytes = 32;
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Makes a token.</summary>
    /// <param name="randomBytes">
    /// Gives as many unpredictable bytes as asked for, such as <see cref="RandomNumberGenerator.GetBytes(int)"/>.
    /// </param>
    /// <returns>What the caller sends after <c>Authorization: Bearer</c>.</returns>
    public static string Make(Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(randomBytes);
        return Base64Url.EncodeToString(randomBytes(RandomBytes));
    }

    /// <summary>
    /// What is stored of a token: <c>sha256:</c> and the digest of its text in lower-case hexadecimal.
    /// </summary>
    public static string Hash(string token)
    {
        return Prefix + Convert.ToHexStringLower(Digest(token));
    }

    /// <summary>The SHA-256 of a token's text.</summary>
    internal static byte[] Digest(string token)
    {
        return SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }

    /// <summary>Reads the digest out of a stored hash.</summary>
    internal static bool TryReadHash(string hash, [NotNullWhen(true)] out byte[]? digest)
    {
        digest = null;
        if (hash.Length != Prefix.Length + (2 * SHA256.HashSizeInBytes)
            || !hash.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var hex = hash.AsSpan(Prefix.Length);
        if (hex.ContainsAnyExcept(Hexadecimal))
        {
            return false;
        }

        digest = Convert.FromHexString(hex);
        return true;
    }
}
