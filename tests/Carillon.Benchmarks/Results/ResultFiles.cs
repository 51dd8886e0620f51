using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Benchmarks.Results;

/// <summary>The JSON files of results, and the repository they lie in.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // "never recovered" is not a number
    };

    /// <summary>The top of the repository.</summary>
    public static string Root { get; } = FindRoot();

    private static string Folder => Path.Combine(Root, "artifacts", "benchmarks");

    /// <summary>Writes a result, replacing an earlier one of the same name.</summary>
    /// <returns>Where it is.</returns>
    public static async Task<string> WriteAsync(BenchmarkResult result)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, result.Name + ".json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(result, Json));
        return path;
    }

    /// <summary>All results, by name.</summary>
    public static async Task<IReadOnlyList<BenchmarkResult>> ReadAllAsync()
    {
        var results = new List<BenchmarkResult>();
        if (Directory.Exists(Folder))
        {
            foreach (var path in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
            {
                results.Add(JsonSerializer.Deserialize<BenchmarkResult>(await File.ReadAllTextAsync(path), Json)!);
            }
        }

        return results;
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Cluster.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException($"no Cluster.sln above {AppContext.BaseDirectory}");
    }
}
