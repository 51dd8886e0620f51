using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.Testing;

namespace Carillon.EndToEnd.Tests;

/// <summary>What <c>./run.sh --cluster</c> runs once it has built: a PostgreSQL and nodes that come and go together.</summary>
[Collection(ProcessTests.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class ClusterScriptTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string Script = Path.Combine(GeneratedPart.RepositoryRoot, "eng", "cluster.sh");

    private readonly string _directory = Directory.CreateTempSubdirectory("carillon-cluster-").FullName;

    public ClusterScriptTests()
    {
        // As the user postgres, PostgreSQL has to get there.
        File.SetUnixFileMode(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    private string Home => Path.Combine(_directory, "data", "cluster");

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Cluster_starts_tells_of_a_killed_node_takes_it_back_and_ends_with_everything_it_started()
    {
        await using (var cluster = Run("3"))
        {
            await SaysAsync(cluster.Output, "node-1 |", "node-2 |", "node-3 |");
            var links = cluster.Output.Lines.Take(3).Select(static line => new Uri(line)).ToArray();
            Assert.All(links, static link => Assert.Equal("/scheduler-monitoring", link.AbsolutePath));
            await Task.WhenAll(Enumerable.Range(1, 3).Select(k => SaysAsync(cluster.Output, Up(k))));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Home, "cluster.secret")));

            var victim = Assert.Single(Started(), static process => process.Command.Contains("node.name=node-2", StringComparison.Ordinal)).Id;
            Kill(victim);
            await SaysAsync(cluster.Errors, string.Create(CultureInfo.InvariantCulture, $"node-2 (process {victim}) was killed (SIGKILL)"), "--cluster 3 --node 2");
            await using (var again = Run("3", "--node", "2"))
            {
                await SaysAsync(again.Output, Up(2));
                Assert.Equal(links[1], new Uri(again.Output.Lines[0]));
                Assert.Equal(0, await again.TerminateAsync(Limit));
            }

            using var http = new HttpClient();
            Assert.All([links[0], links[2]], link => Assert.True(IsAlive(http, link), $"{link} does not answer"));
            Assert.Equal(0, await cluster.TerminateAsync(Limit));
            await SaysAsync(cluster.Output, "Node node-1 has left", "Node node-3 has left");
            Assert.Empty(Started());
        }
    }

    [Fact]
    public async Task Cluster_keeps_its_records_between_runs_and_ends_when_its_script_is_killed()
    {
        await using (var first = Run("1"))
        {
            await SaysAsync(first.Output, "Schema migrated", Up(1));
            Assert.Equal(0, await first.TerminateAsync(Limit));
        }

        var secret = await File.ReadAllTextAsync(Path.Combine(Home, "cluster.secret"));
        await using var second = Run("1");
        await SaysAsync(second.Output, Up(1));
        Assert.DoesNotContain("Schema migrated", second.Output.Text, StringComparison.Ordinal);
        Assert.Equal(secret, await File.ReadAllTextAsync(Path.Combine(Home, "cluster.secret")));
        Assert.InRange(secret.Length, 32, 64);

        Kill(second.Id);
        await Eventually.IsAsync("nothing is left of the cluster", Limit, () => Task.FromResult(Started().Count == 0), () => string.Join('\n', Started()));
    }

    [Theory]
    [InlineData(2, "N and K from 1 to 9")]
    [InlineData(2, "N and K from 1 to 9", "0")]
    [InlineData(2, "--node is '10', but must be from 1 to 9", "3", "--node", "10")]
    [InlineData(5, "No cluster runs in", "3", "--node", "2")]
    public async Task Start_that_cannot_be_is_refused_with_a_sentence(int exitCode, string sentence, params string[] arguments)
    {
        await using var cluster = Run(arguments);

        Assert.Equal(exitCode, await cluster.ExitAsync(Limit));
        Assert.Contains(sentence, cluster.Errors.Text, StringComparison.Ordinal);
        Assert.Empty(Started());
    }

    private static string Up(int number)
    {
        return string.Create(CultureInfo.InvariantCulture, $"Node node-{number} is up");
    }

    private static bool IsAlive(HttpClient http, Uri link)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(link, "/health/live"));
        using var answer = http.Send(request);
        return answer.IsSuccessStatusCode;
    }

    private static Task SaysAsync(ProcessLog log, params string[] parts)
    {
        return Eventually.IsAsync(
            $"it says {string.Join(", ", parts)}",
            Limit,
            () => Task.FromResult(parts.All(part => log.Text.Contains(part, StringComparison.Ordinal))),
            () => log.Tail);
    }

    /// <summary>SIGKILL for one process, and none of those that it started.</summary>
    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private ChildProcess Run(params string[] arguments)
    {
        return ChildProcess.Start(Script, arguments, _directory);
    }

    /// <summary>The servers and nodes whose files are in the directory of this test.</summary>
    private List<(int Id, string Command)> Started()
    {
        var found = new List<(int, string)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(static folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
                if (command.Contains(Home, StringComparison.Ordinal))
                {
                    found.Add((int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), command));
                }
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return found;
    }
}
