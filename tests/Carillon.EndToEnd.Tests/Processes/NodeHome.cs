using System.Globalization;
using Carillon.EndToEnd.Tests.Servers;
using Carillon.Testing;

namespace Carillon.EndToEnd.Tests.Processes;

/// <summary>What a node has for itself over several lives: a directory, a configuration file, a port and a store.</summary>
internal sealed class NodeHome : IDisposable
{
    private NodeHome(string directory, int port, TestStore store)
    {
        Directory = directory;
        Port = port;
        Store = store;
        ConfigFile = Path.Combine(directory, "node.conf");
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
    }

    public string Directory { get; }

    public string ConfigFile { get; }

    public int Port { get; }

    public Uri Address { get; }

    /// <summary>What its node is called in every life.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"node-{Port}");

    public TestStore Store { get; }

    /// <summary>The executable of its next life. Default: that of this build.</summary>
    public string Program { get; set; } = BuiltFiles.Node;

    /// <summary>Makes a home with a store of its own.</summary>
    /// <param name="servers">Where stores come from.</param>
    /// <param name="kind">Which store.</param>
    /// <param name="hocon">More configuration; it wins over what every test node has.</param>
    public static async Task<NodeHome> MakeAsync(StoreServers servers, StoreKind kind, string hocon = "")
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("carillon-node-").FullName;
        var store = kind == StoreKind.Sqlite
            ? TestStore.Sqlite(Path.Combine(directory, "data", "carillon.db"))
            : TestStore.PostgreSql(await servers.CreateDatabaseAsync());
        return Make(directory, store, hocon);
    }

    /// <summary>Makes a home with a store that is there already.</summary>
    public static NodeHome Make(TestStore store, string hocon)
    {
        return Make(System.IO.Directory.CreateTempSubdirectory("carillon-node-").FullName, store, hocon);
    }

    /// <summary>Makes the home of another node of the same cluster.</summary>
    public NodeHome Neighbour(string hocon = "")
    {
        return Make(Store, hocon);
    }

    /// <summary>Replaces the configuration file.</summary>
    public void Write(string hocon)
    {
        File.WriteAllText(
            ConfigFile,
            $$"""
            carillon {
              node { name = "{{Name}}", urls = "http://127.0.0.1:{{Port}}", data-dir = "{{Directory}}/data" }
              cluster { shards = 32, lease = 3s, heartbeat = 500ms }
              {{Store.Hocon}}
            }
            {{hocon}}

            """);
    }

    public void Dispose()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static NodeHome Make(string directory, TestStore store, string hocon)
    {
        var home = new NodeHome(directory, LoopbackPort.Free(), store);
        home.Write(hocon);
        return home;
    }
}
