namespace Carillon.Benchmarks.Results;

/// <summary>What was asked of the product, and which measured value tells whether it is reached.</summary>
/// <param name="Id">Its number in the design.</param>
/// <param name="What">What is measured, in words.</param>
/// <param name="Result">The name of the result.</param>
/// <param name="Limit">The bound.</param>
/// <param name="IsLeast">Whether the bound is the least that will do; else it is the most.</param>
/// <param name="Contender">Whose value it is.</param>
/// <param name="Metric">Which value; its median counts.</param>
/// <param name="To">The contender whose value it is divided by, run by run; null for the value itself.</param>
/// <param name="Over">The value of the same run that it is divided by; null for none.</param>
internal sealed record Target(
    string Id, string What, string Result, double Limit, bool IsLeast, string Contender, string Metric, string? To = null, string? Over = null)
{
    /// <summary>What was measured, or null where the result has no such value.</summary>
    public Summary? Measured(BenchmarkResult result)
    {
        var of = Values(result, Contender);
        var measured = To is null ? of : [.. of.Zip(Values(result, To), static (one, other) => one / other)];
        return measured.Length == 0 ? null : Summary.Of(measured);
    }

    /// <summary>Whether that is enough.</summary>
    public bool IsMetBy(Summary measured)
    {
        return IsLeast ? measured.Median >= Limit : measured.Median <= Limit;
    }

    private double[] Values(BenchmarkResult result, string contender)
    {
        return result.Runs.TryGetValue(contender, out var runs)
            ? [.. runs.Where(run => run.Values.ContainsKey(Metric)).Select(run => run.Values[Metric] / (Over is null ? 1 : run.Values[Over]))]
            : [];
    }
}
