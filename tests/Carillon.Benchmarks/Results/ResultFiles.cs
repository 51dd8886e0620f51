using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Benchmarks.Results;

/// <summary>
/// The JSON files of results: those that were measured here, and those that the page shows, which are part of the repository.
/// </summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // "never recovered" is not a number
    };

    /// <summary>The top of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where the results that the page shows are, and their pictures.</summary>
    public static string Published => Path.Combine(Root, "docs", "benchmarks");

    private static string Measured => Path.Combine(Root, "artifacts", "benchmarks");

    /// <summary>Shows what was measured just now, and writes it where it replaces an earlier result of the same name.</summary>
    /// <param name="command">What was typed.</param>
    /// <param name="name">Names the file.</param>
    /// <param name="title">One line for people.</param>
    /// <param name="runs">The runs of each contender, in the order of the columns; the same number for each.</param>
    /// <param name="ratios">The ratios to state.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> TellAsync(
        CommandLine command, string name, string title, IReadOnlyDictionary<string, List<Run>> runs, IReadOnlyList<Ratio> ratios)
    {
        var result = new BenchmarkResult
        {
            Name = name,
            Title = title,
            Command = command.Text,
            MeasuredAt = DateTimeOffset.UtcNow,
            Machine = Machine.Describe(),
            Runs = runs,
            Ratios = ratios,
        };
        await Console.Out.WriteLineAsync(MarkdownTable.Render(result) + MarkdownTable.RenderSeries(result));
        Directory.CreateDirectory(Measured);
        var path = Path.Combine(Measured, result.Name + ".json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(result, Json));
        await Console.Out.WriteLineAsync($"written to {path}");
        return 0;
    }

    /// <summary>Moves what was measured to what the page shows, where it replaces an earlier result of the same name.</summary>
    public static void Publish()
    {
        Directory.CreateDirectory(Published);
        foreach (var path in Directory.Exists(Measured) ? Directory.GetFiles(Measured, "*.json") : [])
        {
            File.Move(path, Path.Combine(Published, Path.GetFileName(path)), overwrite: true);
        }
    }

    /// <summary>The results that the page shows, by name.</summary>
    public static async Task<IReadOnlyList<BenchmarkResult>> ReadPublishedAsync()
    {
        var results = new List<BenchmarkResult>();
        foreach (var path in Directory.EnumerateFiles(Published, "*.json").Order(StringComparer.Ordinal))
        {
            results.Add(JsonSerializer.Deserialize<BenchmarkResult>(await File.ReadAllTextAsync(path), Json)!);
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
