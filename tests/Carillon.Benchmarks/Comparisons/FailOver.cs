using System.Globalization;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P10: what the jobs of a cluster notice of a node that is killed, stands still, or leaves.</summary>
internal static class FailOver
{
    private const string Killed = "kill -9";
    private const string QuartzKilled = "Quartz, kill -9";

    private static readonly Dictionary<string, Fault> Faults = new(StringComparer.Ordinal)
    {
        [Killed] = Fault.Kill,
        ["pause of 15 s"] = Fault.Pause,
        ["leave"] = Fault.Leave,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "against", "fault", "nodes", "jobs", "slow", "peer-jobs", "runs", "slots");
        var spec = new WorkerSpec
        {
            Kind = WorkloadKind.Carillon,
            Shape = JobShape.Repeating,
            Jobs = command.Number("jobs", 1_000, 1, 10_000),
            SlowJobs = command.Number("slow", 30, 0, 1_000),
            Period = TimeSpan.FromSeconds(1),
            Nodes = command.Number("nodes", 3, 2, 5),
            Slots = command.Number("slots", 256, 1, 10_000),
        };
        var fault = command.Word("fault", null, "kill", "pause", "leave");
        var asked = Faults.Where(f => fault is null || string.Equals(f.Value.ToString(), fault, StringComparison.OrdinalIgnoreCase));
        List<Contender> contenders = [.. asked.Select(f => new Contender(f.Key, spec))];
        if (command.Word("against", null, "quartz") is not null)
        {
            var jobs = command.Number("peer-jobs", 200, 1, 10_000);
            contenders.Add(new Contender(QuartzKilled, spec with { Kind = WorkloadKind.Quartz, Jobs = jobs }));
        }

        var comparison = new Comparison
        {
            Name = "failover",
            Title = string.Create(
                CultureInfo.InvariantCulture,
                $"A fault of one of {spec.Nodes} nodes: {spec.Jobs:N0} jobs once a second, and {spec.SlowJobs} that run for 3 s"),
            Command = command,
            Contenders = contenders,
            Ratios = [new Ratio(Measures.AgainAfter, QuartzKilled, Killed)],
            Runs = command.Number("runs", 3, 1, 100),
            Measure = static (sandbox, contender) => FaultRun.MeasureAsync(sandbox, contender.Spec, FaultOf(contender.Name)),
        };
        await using var sandbox = await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);
    }

    private static Fault FaultOf(string contender)
    {
        return contender == QuartzKilled ? Fault.Kill : Faults[contender];
    }
}
