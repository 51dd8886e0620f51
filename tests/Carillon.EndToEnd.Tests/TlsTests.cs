using System.Globalization;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Carillon.Testing;

namespace Carillon.EndToEnd.Tests;

/// <summary>
/// Two nodes that reach each other by https alone. The jobs need a role that only the second one has; about half of them are
/// looked after by the first, which must send them over.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class TlsTests(StoreServers servers)
{
    private const int Jobs = 16;
    private const string Role = "carillon.node.roles = [ far ]\n";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Nodes_whose_certificates_one_authority_has_issued_work_together()
    {
        using var authority = new TestAuthority();
        await using var truth = await TruthServer.StartAsync();
        using var near = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql);
        using var far = near.Neighbour();
        Write(near, far, truth, authority.IssueTls("near"), authority.IssueTls("far"));
        await using var first = NodeProcess.Launch(near);
        await using var second = NodeProcess.Launch(far);
        await Task.WhenAll(first.ReadyAsync(), second.ReadyAsync());

        await EachLooksAfterSomeAsync(first, near, far);
        await truth.ReachedAsync(truth.Count + (2 * Jobs), Limit);

        var executions = await first.Api.ExecutionsAsync();
        Assert.Equal(Jobs, executions.Select(static e => e.JobId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(executions.SelectMany(static e => e.Attempts), a => Assert.Equal(far.Name, a.Node));
    }

    [Fact]
    public async Task Node_whose_certificate_another_authority_has_issued_is_not_talked_to()
    {
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority();
        await using var truth = await TruthServer.StartAsync();
        using var near = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql);
        using var far = near.Neighbour();
        Write(near, far, truth, authority.IssueTls("near"), stranger.IssueTls("far"));
        await using var first = NodeProcess.Launch(near);
        await using var second = NodeProcess.Launch(far);

        await Eventually.IsAsync(
            "each node says that it does not trust the other",
            Limit,
            () => Task.FromResult(IsRefused(first, far) && IsRefused(second, near)),
            () => first.Process.Tail);
    }

    private static bool IsRefused(NodeProcess node, NodeHome other)
    {
        return node.Process.Errors.Lines.Concat(node.Process.Output.Lines).Any(line =>
            line.Contains(other.Name, StringComparison.Ordinal) && line.Contains("certificate is invalid", StringComparison.Ordinal));
    }

    private static void Write(NodeHome near, NodeHome far, TruthServer truth, string tls, string otherTls)
    {
        var jobs = HttpJob.Declare(Enumerable.Range(0, Jobs).Select(number => new HttpJob($"job-{number:D2}", truth.Url(0), More: "roles = [ far ]")));
        near.Write($"{Https(near)}\n{tls}\n{jobs}");
        far.Write($"{Https(far)}\n{Role}{otherTls}\n{jobs}");
    }

    /// <summary>Tests go on asking by http; other nodes are told of https only.</summary>
    private static string Https(NodeHome home)
    {
        var port = LoopbackPort.Free();
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""carillon.node { urls = "http://127.0.0.1:{{home.Port}};https://127.0.0.1:{{port}}", advertise = "https://127.0.0.1:{{port}}" }""");
    }

    private static async Task EachLooksAfterSomeAsync(NodeProcess node, params NodeHome[] homes)
    {
        foreach (var home in homes)
        {
            await Eventually.IsAsync(
                $"{home.Name} looks after jobs",
                Limit,
                async () => (await node.Api.GetAsync($"jobs?node={home.Name}")).GetProperty("items").GetArrayLength() > 0);
        }
    }
}
