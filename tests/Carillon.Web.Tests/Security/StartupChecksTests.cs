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
