using System.Globalization;
using Carillon.Hosting;

namespace Carillon.Node;

/// <summary>Says whether a node would take a configuration. Nothing is started, connected or written.</summary>
internal static class ConfigCommand
{
    public static async Task<int> CheckAsync(NodeArguments arguments, TextWriter output)
    {
        var options = ConfiguredNode.Create(arguments).Options;
        var store = options.Store.Provider == StoreProvider.Sqlite
            ? $"sqlite in {options.Node.DataDir}"
            : $"postgresql, schema {options.Store.Schema}";
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"ok: cluster {options.Cluster.Name}, {store}, {options.Node.Urls}, {options.Workers.Slots} slots, jobs declared: {options.Jobs.Count}"));
        return ExitCode.Ok;
    }
}
