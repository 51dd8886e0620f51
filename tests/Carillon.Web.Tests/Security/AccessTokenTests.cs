using System.Security.Cryptography;
using System.Text;

namespace Carillon.Web.Tests.Security;

public sealed class AccessTokenTests
{
    [Fact]
    public void Token_is_32_bytes_as_base64url_and_its_hash_the_sha256_of_its_text()
    {
        var token = AccessToken.Make(static count => [.. Enumerable.Range(0, count).Select(static i => (byte)i)]);

        Assert.Equal("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", token);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        Assert.Equal($"sha256:{digest}", AccessToken.Hash(token));
        Assert.True(AccessToken.TryReadHash(AccessToken.Hash(token), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha256:abc")]
    [InlineData("md5:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:000000000000000000000000000000000000000000000000000000000000000g")]
    public void Text_that_is_no_hash_is_refused(string hash)
    {
        Assert.False(AccessToken.TryReadHash(hash, out _));
    }
}
