namespace Carillon.Web;

/// <summary>What must be right before a node listens.</summary>
public static class StartupChecks
{
    private const int MinSecretLength = 32;

    /// <summary>
    /// The problems that forbid the start, each with the configuration lines that solve it. A fresh token is made for
    /// them and shown in its text this once; nothing keeps it.
    /// </summary>
    /// <param name="urls">Where the node listens: <c>node.urls</c>, several with semicolons between.</param>
    /// <param name="security">Who may do what.</param>
    /// <param name="provider">The store's kind: <c>sqlite</c> or <c>postgresql</c>.</param>
    /// <param name="clusterSecret">What the nodes prove themselves to each other with, or null.</param>
    /// <param name="randomBytes">Gives as many unpredictable bytes as asked for.</param>
    /// <returns>Empty when the node may start.</returns>
    public static IReadOnlyList<string> Problems(
        string urls, SecurityOptions security, string provider, string? clusterSecret, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(urls);
        ArgumentNullException.ThrowIfNull(security);
        var problems = new List<string>();
        CheckTokens(security, problems);
        problems.AddRange(TlsFiles.Problems(security.Tls));
        var beyond = new List<string>();
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                if (Loopback.IsBeyond(url))
                {
                    beyond.Add(url);
                }
            }
            catch (FormatException)
            {
                problems.Add($"carillon.node.urls '{url}' is not a URL: write for example http://127.0.0.1:8000");
            }
        }

        if (beyond.Count > 0)
        {
            CheckBeyond(string.Join(", ", beyond), security, provider, clusterSecret, problems, randomBytes);
        }

        return problems;
    }

    internal static string BadHash(TokenOptions token)
    {
        return $"carillon.security.tokens: the hash of '{token.Name}' is not 'sha256:' and 64 hexadecimal digits; "
            + "make a token with: carillon token new";
    }

    private static void CheckTokens(SecurityOptions security, List<string> problems)
    {
        foreach (var token in security.Tokens)
        {
            if (string.IsNullOrWhiteSpace(token.Name))
            {
                problems.Add("carillon.security.tokens: a token has no name: write who holds it");
            }

            if (!Enum.IsDefined(token.Role))
            {
                problems.Add($"carillon.security.tokens: the role of '{token.Name}' is not viewer, operator or admin");
            }

            if (!AccessToken.TryReadHash(token.Hash, out _))
            {
                problems.Add(BadHash(token));
            }
        }
    }

    private static void CheckBeyond(
        string urls,
        SecurityOptions security,
        string provider,
        string? clusterSecret,
        List<string> problems,
        Func<int, byte[]> randomBytes)
    {
        if (security.Tokens.Count == 0)
        {
            var token = AccessToken.Make(randomBytes);
            problems.Add(
                $$"""
                carillon.security.tokens is empty, but carillon.node.urls '{{urls}}' can be reached from other machines.
                Add this line to the configuration:
                carillon.security.tokens = [ { name = "admin", role = admin, hash = "{{AccessToken.Hash(token)}}" } ]
                The token itself is shown this once; send it as 'Authorization: Bearer {{token}}'.
                """);
        }

        var isCluster = provider.Equals("postgresql", StringComparison.OrdinalIgnoreCase);
        if (isCluster && (clusterSecret?.Length ?? 0) < MinSecretLength)
        {
            problems.Add(
                $"""
                carillon.cluster.secret has {clusterSecret?.Length ?? 0} characters, but needs {MinSecretLength}, because carillon.node.urls '{urls}' can be reached from other machines.
                Add this line to the configuration of every node:
                carillon.cluster.secret = "{AccessToken.Make(randomBytes)}"
                """);
        }
    }
}
