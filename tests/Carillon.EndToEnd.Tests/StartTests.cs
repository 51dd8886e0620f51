using System.Net;
using System.Net.Sockets;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Carillon.Testing;

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
    public async Task Data_directory_in_use_ends_the_start()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite);
        await using var node = await NodeProcess.StartAsync(home);
        using var second = home.Neighbour();

        await FailsAsync(second, exitCode: 4, [Path.Combine(home.Directory, "data"), "in use"], $"node.data-dir={home.Directory}/data");
    }

    [Fact]
    public async Task Name_of_a_live_node_ends_the_start()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql);
        await using var node = await NodeProcess.StartAsync(home);
        using var second = home.Neighbour();

        await FailsAsync(second, exitCode: 4, [$"'node-{home.Port}'", $"http://127.0.0.1:{home.Port}"], $"node.name=node-{home.Port}");
    }

    [Fact]
    public async Task Database_that_nobody_reaches_ends_the_start()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite);
        home.Write($$"""carillon.store { provider = postgresql, connection-string = "Host=127.0.0.1;Port={{LoopbackPort.Free()}};Username=nobody" }""");

        await FailsAsync(home, exitCode: 5, ["the database cannot be used"]);
    }

    [Theory]
    [InlineData("carillon.workers.slot = 8", "carillon.workers.slot at ", "node.conf:6", "slots")]
    [InlineData("carillon.store.provider = mysql", "carillon.store.provider at ", "node.conf:6", "'mysql'", "sqlite, postgresql")]
    [InlineData("carillon.cluster.lease = soon", "carillon.cluster.lease at ", "node.conf:6", "'soon'", "a duration such as")]
    [InlineData("carillon { workers.slots = 0, metrics.window = 1 }", "carillon.workers.slots 0 is out of range: 1 to 10000", "carillon.metrics.window 1 is out of range: 10 to 100000")]
    [InlineData("carillon.jobs = [ { id = a, schedule { cron = \"* * *\" }, run { type = http, url = \"ftp://x\" } } ]", "'a'", "cron", "url")]
    [InlineData("carillon {", "node.conf:")]
    public async Task Configuration_that_is_wrong_ends_the_start_and_says_where_and_what_is_allowed(string hocon, params string[] expected)
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite, hocon);

        await FailsAsync(home, exitCode: 2, expected);
    }

    [Fact]
    public async Task Configuration_file_that_is_missing_ends_the_start()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite);
        File.Delete(home.ConfigFile);

        await FailsAsync(home, exitCode: 2, [home.ConfigFile]);
    }

    [Theory]
    [InlineData("workers.slots", "KEY=VALUE")]
    [InlineData("workers.slot=8", "workers.slot ", "slots")]
    public async Task Setting_that_is_wrong_ends_the_start(string setting, params string[] expected)
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite);

        await FailsAsync(home, exitCode: 2, expected, setting);
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
