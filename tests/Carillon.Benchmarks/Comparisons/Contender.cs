using System.Globalization;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>One of those that are compared.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Spec">What its worker runs.</param>
internal sealed record Contender(string Name, WorkerSpec Spec)
{
    public const string Product = "Carillon";
    public const string ProductAlone = "Carillon, one node";
    public const string QuartzWithHistory = "Quartz, history";
    public const string QuartzBare = "Quartz, no history";

    /// <summary>
    /// The product, on one node beside where it has several; and with <paramref name="withQuartz"/> its peer, which records
    /// its executions or does not.
    /// </summary>
    /// <param name="spec">What the product runs; the peer runs the same, on as many nodes.</param>
    /// <param name="withQuartz">Whether the peer takes part.</param>
    public static IReadOnlyList<Contender> Against(WorkerSpec spec, bool withQuartz)
    {
        List<Contender> contenders = spec.Nodes > 1 ? [new Contender(ProductAlone, spec with { Nodes = 1 })] : [];
        contenders.Add(new Contender(Product, spec));
        if (withQuartz)
        {
            contenders.Add(new Contender(QuartzWithHistory, spec with { Kind = WorkloadKind.Quartz, KeepsHistory = true }));
            contenders.Add(new Contender(QuartzBare, spec with { Kind = WorkloadKind.Quartz }));
        }

        return contenders;
    }

    /// <summary>What the name of the file says of several nodes; nothing of one.</summary>
    public static string Suffix(int nodes)
    {
        return nodes == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"-nodes-{nodes}");
    }

    /// <summary>What the title says of several nodes; nothing of one.</summary>
    public static string On(int nodes)
    {
        return nodes == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {nodes} nodes");
    }
}
