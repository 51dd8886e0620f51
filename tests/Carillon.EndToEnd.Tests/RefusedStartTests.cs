using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Carillon.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Carillon.EndToEnd.Tests;

/// <summary>
/// Configurations that are right, and surroundings that are not: what real processes say then. The answers are the
/// transcripts of docs/troubleshooting.md.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class RefusedStartTests(StoreServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly StringBuilder _transcript = new();
    private readonly List<(string Found, string Shown)> _shown = [];
    private NodeHome? _home;

    private NodeHome Home => _home!;

    public async Task InitializeAsync()
    {
        _home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite);
        _shown.Add((_home.Directory, "/srv/berlin"));
        _shown.Add((Text(_home.Port), "8000"));
    }

    public Task DisposeAsync()
    {
        Home.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Troubleshooting_page_shows_what_starts_print_that_are_refused()
    {
        await RefuseForWhatIsInUseAsync();
        await RefuseForTheDataDirectoryAsync();
        await RefuseForTheSchemaAsync();
        await RefuseForTheDatabaseAsync();

        var part = new GeneratedPart("docs/troubleshooting.md", "starts");
        part.RewriteIfAsked(_transcript.ToString());
        Assert.Equal(part.Text, _transcript.ToString());
    }

    private async Task RefuseForWhatIsInUseAsync()
    {
        using (var other = new TcpListener(IPAddress.Loopback, Home.Port))
        {
            other.Start();
            await RefusedAsync("The port is in use", "Another process listens on the port of `node.urls`.", 4, Home);
        }

        using var second = Home.Neighbour();
        _shown.Add((second.Directory, "/srv/munich"));
        _shown.Add((Text(second.Port), "8001"));
        await using (await NodeProcess.StartAsync(Home))
        {
            await RefusedAsync(
                "The data directory is in use", "Another node runs in the same directory.", 4, second, $"node.data-dir={Home.Directory}/data");
        }

        await RefusedAsync("The store belongs to another cluster", "The directory was made by a node with another `cluster.name`.", 2, Home, "cluster.name=another");

        using var member = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql);
        _shown.Add((member.Directory, "/srv/hamburg"));
        _shown.Add((Text(member.Port), "8002"));
        using var namesake = member.Neighbour();
        _shown.Add((namesake.Directory, "/srv/bremen"));
        _shown.Add((Text(namesake.Port), "8003"));
        await using (await NodeProcess.StartAsync(member))
        {
            await RefusedAsync("The name is in use", "A live node of the cluster has the same `node.name`.", 4, namesake, $"node.name=node-{member.Port}");
        }
    }

    private async Task RefuseForTheDataDirectoryAsync()
    {
        var file = Path.Combine(Home.Directory, "a-file");
        await File.WriteAllTextAsync(file, string.Empty);
        await RefusedAsync("The data directory cannot be made", "What should be its parent is a file.", 2, Home, $"node.data-dir={file}/data");

        await File.WriteAllBytesAsync(Database("text"), [.. Enumerable.Repeat((byte)'x', 8_192)]);
        await RefusedAsync("The file is no database", "`carillon.db` holds something else.", 1, Home, $"node.data-dir={Home.Directory}/text");

        File.Copy(Path.Combine(Home.Directory, "data", "carillon.db"), Database("damaged"));
        await using (var damaged = File.OpenWrite(Database("damaged")))
        {
            damaged.Position = 100;
            await damaged.WriteAsync(new byte[16_384]);
        }

        await RefusedAsync("The database file is damaged", "Pages of `carillon.db` are overwritten.", 1, Home, $"node.data-dir={Home.Directory}/damaged");
    }

    private async Task RefuseForTheSchemaAsync()
    {
        await RefusedAsync(
            "The schema is older, and nobody may change it", "The store is empty, and `store.migrate` is `manual`.", 2, Home,
            $"node.data-dir={Home.Directory}/empty", "store.migrate=manual");

        await using (var newer = new SqliteConnection($"Data Source={Database("newer")};Pooling=False"))
        {
            await newer.OpenAsync();
            await using var command = newer.CreateCommand();
            command.CommandText = "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, works_with INTEGER NOT NULL, applied_at TEXT NOT NULL); INSERT INTO schema_version VALUES (99, 99, '')";
            await command.ExecuteNonQueryAsync();
        }

        await RefusedAsync("The schema is newer", "A newer version of the program has used the store.", 2, Home, $"node.data-dir={Home.Directory}/newer");
    }

    private async Task RefuseForTheDatabaseAsync()
    {
        var target = new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync());
        _shown.Add((Text(target.Port), "5432"));
        _shown.Add((target.Database!, "carillon"));
        await servers.CreateUsersAsync("stranger", "guarded");

        await RefusedAsync("The database server does not answer", "Nothing listens where `store.connection-string` says.", 5, Home, PostgreSql($"Host=127.0.0.1;Port={Unused()}"));
        await RefusedAsync("The database does not exist", "The server has no database of that name.", 5, Home, PostgreSql($"Host=127.0.0.1;Port={target.Port};Username=postgres;Database=nowhere"));
        await RefusedAsync("The user does not exist", "The server knows nobody of that name.", 5, Home, PostgreSql($"Host=127.0.0.1;Port={target.Port};Username=nobody;Database={target.Database}"));
        await RefusedAsync("The password is wrong", "The server knows the user, and not the password.", 5, Home, PostgreSql($"Host=127.0.0.1;Port={target.Port};Username=guarded;Password=guess;Database={target.Database}"));
        await RefusedAsync("The user may not make the schema", "The user may read the database, and nothing more.", 5, Home, PostgreSql($"Host=127.0.0.1;Port={target.Port};Username=stranger;Database={target.Database}"));
    }

    private static string[] PostgreSql(string connectionString)
    {
        return ["store.provider=postgresql", $"store.connection-string={connectionString}"];
    }

    private static string Text(int number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private int Unused()
    {
        var port = LoopbackPort.Free();
        _shown.Add((Text(port), "5433"));
        return port;
    }

    private string Database(string directory)
    {
        return Path.Combine(Directory.CreateDirectory(Path.Combine(Home.Directory, directory)).FullName, "carillon.db");
    }

    /// <summary>Starts a node that must end, and notes what it says.</summary>
    private async Task RefusedAsync(string title, string situation, int exitCode, NodeHome home, params string[] settings)
    {
        await using var node = NodeProcess.Launch(home, settings);
        var code = await node.Process.ExitAsync(Limit);
        var arguments = string.Concat(settings.Select(static setting => $" --set \"{setting}\""));
        var text = $"\n### {title}\n\n{situation}\n\n```text\n$ carillon node --config node.conf{arguments}\n{string.Join('\n', node.Process.Errors.Lines)}\n```\n\nExit code {code}.\n";
        _transcript.Append(_shown.Aggregate(text, static (shown, pair) => shown.Replace(pair.Found, pair.Shown, StringComparison.Ordinal)));
        Assert.DoesNotContain("Exception", node.Process.Output.Text, StringComparison.Ordinal);
        Assert.True(code == exitCode, $"{title}: exit code {code}, not {exitCode}\n{node.Process.Tail}");
    }
}
