using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>One of those that are compared.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Spec">What its worker runs.</param>
internal sealed record Contender(string Name, WorkerSpec Spec)
{
    public const string Product = "Carillon";
    public const string QuartzWithHistory = "Quartz, history";
    public const string QuartzBare = "Quartz, no history";

    /// <summary>The product, and with <paramref name="withQuartz"/> its peer, which records its executions or does not.</summary>
    /// <param name="spec">What the product runs; the peer runs the same.</param>
    /// <param name="withQuartz">Whether the peer takes part.</param>
    public static IReadOnlyList<Contender> Against(WorkerSpec spec, bool withQuartz)
    {
        return withQuartz
            ?
            [
                new Contender(Product, spec),
                new Contender(QuartzWithHistory, spec with { Kind = WorkloadKind.Quartz, KeepsHistory = true }),
                new Contender(QuartzBare, spec with { Kind = WorkloadKind.Quartz }),
            ]
            : [new Contender(Product, spec)];
    }
}
