using System.Security.Cryptography.X509Certificates;
using Carillon.Web.Tests.Peers;

namespace Carillon.Web.Tests.Security;

public sealed class StartupChecksTests
{
    private const string Open = "http://0.0.0.0:8000";
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly SecurityOptions NoTokens = new();
    private static readonly SecurityOptions OneToken = new()
    {
        Tokens = [new TokenOptions { Name = "ops", Role = Role.Admin, Hash = AccessToken.Hash("x") }],
    };

    [Theory]
    [InlineData("a.pem", null, null, "carillon.security.tls.key is missing")]
    [InlineData(null, "a.key", null, "carillon.security.tls.certificate is missing")]
    [InlineData("no-such.pem", "no-such.key", null, "carillon.security.tls.certificate 'no-such.pem' with key 'no-such.key' cannot be read: ")]
    [InlineData(null, null, "no-such.pem", "carillon.security.tls.ca 'no-such.pem' cannot be read: ")]
    public void Certificate_that_cannot_be_read_is_a_problem(string? certificate, string? key, string? authority, string problem)
    {
        var security = new SecurityOptions { Tls = new TlsOptions { Certificate = certificate, Key = key, Ca = authority } };

        Assert.StartsWith(problem, Assert.Single(StartupChecks.Problems("http://127.0.0.1:8000", security, "sqlite", null, Bytes)), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificates_are_read_from_files()
    {
        using var authority = new TestAuthority();
        using var issued = authority.Issue("localhost");
        using var key = issued.GetECDsaPrivateKey();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var tls = new TlsOptions { Certificate = Path.Combine(folder.FullName, "a.pem"), Key = Path.Combine(folder.FullName, "a.key"), Ca = Path.Combine(folder.FullName, "ca.pem") };
            File.WriteAllText(tls.Certificate, issued.ExportCertificatePem());
            File.WriteAllText(tls.Key, key!.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(tls.Ca, authority.Certificate.ExportCertificatePem());

            Assert.Empty(TlsFiles.Problems(tls));
            using var read = TlsFiles.ReadCertificate(tls);
            Assert.True(read!.HasPrivateKey);
            Assert.Equal(authority.Certificate, Assert.Single(TlsFiles.ReadAuthorities(tls)!));
            File.WriteAllText(tls.Ca, "nothing");
            Assert.Contains("holds no certificate", Assert.Single(TlsFiles.Problems(tls)), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("http://localhost:8000")]
    [InlineData("http://[::1]:8000; https://127.0.0.7:1")]
    [InlineData("http://unix:/run/carillon.sock")]
    public void Node_that_listens_to_this_machine_only_may_start_without_tokens(string urls)
    {
        Assert.Empty(StartupChecks.Problems(urls, NoTokens, "postgresql", null, Bytes));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8000")]
    [InlineData("http://*:8000")]
    [InlineData("http://+:8000")]
    [InlineData("http://[::]:8000")]
    [InlineData("http://10.0.0.5:8000")]
    [InlineData("http://localhost.example:8000")]
    [InlineData("http://127.0.0.1:8000;http://node-a:8000")]
    public void Node_that_others_reach_needs_a_token_and_is_told_the_line(string urls)
    {
        var problem = Assert.Single(StartupChecks.Problems(urls, NoTokens, "sqlite", null, Bytes));

        var token = AccessToken.Make(Bytes);
        var hash = AccessToken.Hash(token);
        var line = $$"""carillon.security.tokens = [ { name = "admin", role = admin, hash = "{{hash}}" } ]""";
        Assert.Contains(line, problem, StringComparison.Ordinal);
        Assert.Contains($"Bearer {token}", problem, StringComparison.Ordinal);
        Assert.Empty(StartupChecks.Problems(urls, OneToken, "sqlite", null, Bytes));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0123456789abcdef0123456789abcde")]
    public void Cluster_that_others_reach_needs_a_secret_of_32_characters(string? secret)
    {
        var problem = Assert.Single(StartupChecks.Problems(Open, OneToken, "postgresql", secret, Bytes));

        var line = $"carillon.cluster.secret = \"{AccessToken.Make(Bytes)}\"";
        Assert.Contains(line, problem, StringComparison.Ordinal);
        Assert.Empty(StartupChecks.Problems(Open, OneToken, "postgresql", Secret, Bytes));
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var token = new TokenOptions { Name = " ", Role = (Role)9, Hash = "secret" };
        var security = new SecurityOptions { Tokens = [token] };

        var problems = StartupChecks.Problems($"nonsense;{Open}", security, "postgresql", null, Bytes);

        Assert.Equal(5, problems.Count);
        Assert.Contains(problems, static p => p.Contains("node.urls 'nonsense'", StringComparison.Ordinal));
    }

    private static byte[] Bytes(int count)
    {
        return [.. Enumerable.Range(1, count).Select(static i => (byte)i)];
    }
}
