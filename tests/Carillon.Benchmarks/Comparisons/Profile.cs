using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>Where the processor time of an execution goes: when as many run as can, and when a thousand a second are due.</summary>
internal static class Profile
{
    private const int Jobs = 1_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "seconds", "runs");
        var window = TimeSpan.FromSeconds(command.Number("seconds", 10, 1, 600));
        var calm = new WorkerSpec
        {
            Kind = WorkloadKind.Carillon,
            Shape = JobShape.Repeating,
            Jobs = Jobs,
            Period = TimeSpan.FromSeconds(1),
            Slots = 1_024,
        };
        var comparison = new Comparison
        {
            Name = "profile",
            Title = "Where the processor time of an execution goes, PostgreSQL",
            Command = command,
            Contenders = [new Contender("as many as can", calm with { Period = TimeSpan.FromMilliseconds(10) }), new Contender("1,000 a second", calm)],
            Ratios = [],
            Runs = command.Number("runs", 3, 1, 100),
            Measure = (sandbox, contender) => ProfileRun.MeasureAsync(sandbox, contender.Spec, window),
        };
        await using var sandbox = await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);
    }
}
