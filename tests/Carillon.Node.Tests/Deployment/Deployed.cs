using System.Diagnostics;
using System.Text.Json;
using Carillon.Testing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Carillon.Node.Tests.Deployment;

/// <summary>The files by which others run Carillon, and the programs that check them.</summary>
internal static class Deployed
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static string Root => GeneratedPart.RepositoryRoot;

    /// <summary>The path of a file of the repository.</summary>
    public static string PathOf(params string[] parts)
    {
        return Path.Combine([Root, .. parts]);
    }

    /// <summary>A YAML file with its merge keys resolved; every scalar is a string.</summary>
    public static JsonElement ReadYaml(string path)
    {
        using var text = File.OpenText(PathOf(path));
        var graph = new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize(new MergingParser(new Parser(text)));
        return JsonElement.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(graph));
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Said)> RunAsync(string program, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, await output + await errors);
    }
}
