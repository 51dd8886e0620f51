using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>Runs the contenders in turn, again and again, and writes down what they gave.</summary>
internal sealed class Comparison
{
    /// <summary>Names the result.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>The command that was typed.</summary>
    public required CommandLine Command { get; init; }

    /// <summary>Those that are compared; their order changes from run to run.</summary>
    public required IReadOnlyList<Contender> Contenders { get; init; }

    /// <summary>The ratios to state; those of absent contenders are left out.</summary>
    public required IReadOnlyList<Ratio> Ratios { get; init; }

    /// <summary>How often each contender runs.</summary>
    public required int Runs { get; init; }

    /// <summary>Measures one contender once.</summary>
    public required Func<Sandbox, Contender, Task<Run>> Measure { get; init; }

    public async Task<int> RunAsync(Sandbox sandbox)
    {
        var runs = Contenders.ToDictionary(static contender => contender.Name, static _ => new List<Run>(), StringComparer.Ordinal);
        for (var number = 0; number < Runs; number++)
        {
            // Whoever comes first finds the machine as the other left it; turning the order gives each its share.
            foreach (var contender in number % 2 == 0 ? Contenders : Contenders.Reverse())
            {
                await Console.Error.WriteLineAsync($"run {number + 1} of {Runs}: {contender.Name} …");
                var run = await Measure(sandbox, contender);
                runs[contender.Name].Add(run);
                await Console.Error.WriteLineAsync("  " + string.Join(", ", run.Values.Take(3).Select(static value => $"{value.Key} {Summary.Of([value.Value])}")));
            }
        }

        return await ResultFiles.TellAsync(
            Command,
            Name,
            Title,
            runs,
            [.. Ratios.Where(ratio => runs.ContainsKey(ratio.Of) && runs.ContainsKey(ratio.To))]);
    }
}
