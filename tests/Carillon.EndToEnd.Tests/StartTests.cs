using System.Net;
using System.Net.Sockets;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>Starts that must fail, each with its exit code and a sentence that says what to do.</summary>
[Collection(ProcessTests.Name)]
public sealed class StartTests(StoreServers servers)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Port_in_use_ends_the_start_unless_another_may_be_searched()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite);
        using var other = new TcpListener(IPAddress.Loopback, home.Port);
        other.Start();

        await FailsAsync(home, exitCode: 4, [$"http://127.0.0.1:{home.Port}", "node.port-search = true"]);

        await using var node = NodeProcess.Launch(home, "node.port-search=true");
        await Eventually.IsAsync("the link is printed", Limit, () => Task.FromResult(node.Process.Output.Lines.Count > 0), () => node.Process.Tail);
        var link = new Uri(node.Process.Output.Lines[0]);
        Assert.InRange(link.Port, home.Port + 1, home.Port + 99);
        using var http = new HttpClient();
        await Eventually.IsAsync("the node answers there", Limit, () => AnswersAsync(http, new Uri(link, "/health/ready")), () => node.Process.Tail);
    }

    [Fact]
    public async Task Configuration_that_is_wrong_ends_the_start_with_every_problem()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite, "carillon.workers.slot = 8");

        await FailsAsync(
            home,
            exitCode: 2,
            ["node.conf:6: carillon.workers.slot is not known", "did you mean 'slots'", "--set metrics.window: carillon.metrics.window is 1"],
            "metrics.window=1");
        Assert.False(Directory.Exists(Path.Combine(home.Directory, "data")), "the data directory was made");
    }

    private static async Task FailsAsync(NodeHome home, int exitCode, IEnumerable<string> expected, params string[] settings)
    {
        await using var node = NodeProcess.Launch(home, settings);
        Assert.Equal(exitCode, await node.Process.ExitAsync(Limit));
        Assert.All(expected, part => Assert.Contains(part, node.Process.Errors.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", node.Process.Errors.Text, StringComparison.Ordinal);
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(address);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
