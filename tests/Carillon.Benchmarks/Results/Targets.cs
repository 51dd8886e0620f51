using System.Globalization;
using System.Text;
using Carillon.Benchmarks.Comparisons;

namespace Carillon.Benchmarks.Results;

/// <summary>The targets that benchmarks show, beside what was measured.</summary>
internal static class Targets
{
    private const string Repeating = "throughput-repeating-1000";
    private const string Many = "throughput-repeating-10000";
    private const string TwoNodes = "throughput-repeating-1000-nodes-2";

    private static readonly Target[] All =
    [
        Least("P1", "executions/s, 1,000 jobs, against Quartz with history", Repeating, 20, Measures.Rate, to: Contender.QuartzWithHistory),
        Least("P1", "the same against Quartz without history", Repeating, 10, Measures.Rate, to: Contender.QuartzBare),
        Least("P1", "10,000 jobs, against Quartz with history", Many, 20, Measures.Rate, to: Contender.QuartzWithHistory),
        Least("P1", "one-shots due now, against Quartz with history", "throughput-oneshot-10000", 20, Measures.Rate, to: Contender.QuartzWithHistory),
        Least("P1", "jobs that may not overlap, against Quartz with history", "throughput-exclusive-1000", 30, Measures.Rate, to: Contender.QuartzWithHistory),
        Most("P1", "CPU per execution of two nodes against one", TwoNodes, 1.2, Measures.ProcessorPerExecution, to: Contender.ProductAlone),
        Least("P2", "executions/s on SQLite against bare statements, 100 a transaction", "sqlite", 0.3, Measures.Rate, to: "bare, 100"),
        Least("P3", "the append against the bare statement, 1,000 a flush", "append", 0.3, Measures.Rate, of: "append, 1,000", to: "bare, 1,000"),
        Most("P3", "rows written per execution", Repeating, 2.2, Measures.RowWritesPerExecution),
        Most("P3", "round trips (commits) per execution", Repeating, 0.05, Measures.CommitsPerExecution),
        Most("P3", "WAL, bytes per execution", Repeating, 800, Measures.WalPerExecution),
        Most("P3", "CPU in all, µs per execution", Repeating, 60, Measures.ProcessorPerExecution),
        Most("P4", "start lag p50, ms, 1,000/s spread, one node", "lag-1000", 2, Measures.LagP50),
        Most("P4", "start lag p99, ms, 1,000/s spread, one node", "lag-1000", 10, Measures.LagP99),
        Most("P4", "CPU in all at that rate, µs per execution", "lag-1000", 600, Measures.ProcessorPerExecution),
        Most("P4", "start lag p50, ms, 1,000/s spread, two nodes", "lag-1000-nodes-2", 2, Measures.LagP50),
        Most("P4", "start lag p99, ms, 1,000/s spread, two nodes", "lag-1000-nodes-2", 10, Measures.LagP99),
        Most("P4", "start lag p99, ms, 1,000 at one moment", "lag-1000-aligned", 60, Measures.LagP99),
        Most("P4", "start lag p99, ms, 10,000/s spread", "lag-10000", 25, Measures.LagP99),
        Most("P5", "allocated per execution on SQLite, bytes", "sqlite", 2_048, Measures.AllocatedPerExecution),
        Most("P5", "1,000,000 jobs, resident memory, MiB", "jobs-sqlite", 1_024, Measures.Resident),
        Most("P5", "1,000,000 jobs, ready after, s", "jobs-sqlite", 15, Measures.ReadyAfter),
        Most("P6", "recording an operation by its handle, ns", "operations", 50, Measures.RecordNanoseconds, of: "bound"),
        Most("P6", "by name with three labels, ns", "operations", 150, Measures.RecordNanoseconds, of: "by name, 3 labels"),
        Least("P7", "facts folded with a sorted window, a second and core", "aggregation", 300_000, Measures.FoldRate, of: "histories"),
        Least("P7", "facts folded into counts, ring and sketch, a second and core", "aggregation", 3_000_000, Measures.FoldRate, of: "counts, ring and sketch"),
        Least("P8", "messages/s, one pair, one in flight", "kernel", 5_000_000, Measures.OnePairRate, of: "kernel"),
        Most("P8", "an idle actor, bytes", "kernel", 256, Measures.IdleBytes, of: "kernel"),
        Least("P9", "lines written, a second and core", "exposition", 8_000_000, Measures.PageRate, of: "text"),
        Most("P9", "the page of 10,000 jobs, ms of one core", "exposition", 150, Measures.PageInAll, of: "text"),
        Most("P10", "kill -9: idle jobs, s", "failover", 1.5, Measures.FaultGap, of: "kill -9"),
        Most("P10", "kill -9: jobs in flight run again after, s", "failover", 8, Measures.AgainAfter, of: "kill -9"),
        Most("P10", "pause of 15 s: jobs in flight run again after, s", "failover", 9, Measures.AgainAfter, of: "pause of 15 s"),
        Most("P10", "leave: idle jobs, s", "failover", 0.25, Measures.FaultGap, of: "leave"),
        Most("P11", "newest 50 of one job of 10,000,000 executions, greatest, ms", "history", 50, "newest 50 of one job: " + Measures.ReadMax),
        Most("P11", "50 of one job on one day, p50, ms", "history", 50, "50 of one job on one day: " + Measures.ReadP50),
        Most("P11", "newest 50 of one job that failed, p50, ms", "history", 50, "newest 50 of one job that failed: " + Measures.ReadP50),
        Most("P11", "newest 50 of all jobs, greatest, ms", "history", 50, "newest 50: " + Measures.ReadMax),
        Most("P11", "partitions read for one job on one day", "history", 2, "50 of one job on one day: " + Measures.PartitionsRead),
        Most("P11", "CPU per execution of 1,000,000 jobs against 1,000", "growth", 1.25, Measures.ProcessorPerExecution, of: Growth.NameOf(1_000_000), to: Growth.NameOf(1_000)),
        Least("P12", "records/s between two nodes", "lane", 300_000, Measures.LaneRecordRate),
        Least("P13", "jobs/s made through the API in bulk, SQLite", "jobs-sqlite", 20_000, Measures.CreationRate),
        Least("P14", "3 × the sustainable demand: worst 10 s / sustainable", "overload-repeating", 0.9, Measures.Kept),
        Most("P14", "on time again after, s", "overload-repeating", 5, Measures.Recovery),
        Most("R6", "soak: due and not recorded as succeeded", "soak", 0, Measures.NotRecorded),
        Flat("resident memory", 1.1, Measures.Resident),
        Flat("start lag p50", 1.25, Measures.LagP50),
        Flat("start lag p99", 1.25, Measures.LagP99),
    ];

    /// <summary>How many targets are met, and how many there are.</summary>
    public static (int Met, int All) Count(IReadOnlyList<BenchmarkResult> results)
    {
        return (All.Count(target => MeasuredBy(target, results) is { } measured && target.IsMetBy(measured)), All.Length);
    }

    /// <summary>The table of all targets.</summary>
    public static string Render(IReadOnlyList<BenchmarkResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("| | what | target | measured | |");
        text.AppendLine("|---|---|---:|---:|---|");
        foreach (var target in All)
        {
            var measured = MeasuredBy(target, results);
            var verdict = measured is null ? "not measured" : target.IsMetBy(measured) ? "met" : "**missed**";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {target.Id} | {target.What} | {(target.IsLeast ? '≥' : '≤')} {target.Limit:#,0.##} | {measured?.ToString() ?? "–"} | {verdict} |").AppendLine();
        }

        return text.ToString();
    }

    private static Summary? MeasuredBy(Target target, IReadOnlyList<BenchmarkResult> results)
    {
        return results.FirstOrDefault(result => result.Name == target.Result) is { } result ? target.Measured(result) : null;
    }

    private static Target Flat(string what, double limit, string metric)
    {
        return new Target(
            "R6", $"soak: {what}, the last third against the first", "soak", limit, IsLeast: false, Contender.Product,
            Measures.LastThird(metric), Over: Measures.FirstThird(metric));
    }

    private static Target Least(string id, string what, string result, double limit, string metric, string of = Contender.Product, string? to = null)
    {
        return new Target(id, what, result, limit, IsLeast: true, of, metric, to);
    }

    private static Target Most(string id, string what, string result, double limit, string metric, string of = Contender.Product, string? to = null)
    {
        return new Target(id, what, result, limit, IsLeast: false, of, metric, to);
    }
}
