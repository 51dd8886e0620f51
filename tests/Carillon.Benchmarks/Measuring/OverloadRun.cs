using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>
/// Measures one contender once: what it can sustain, then three times that for a while, then how long it takes until
/// jobs that go on being due start on time again.
/// </summary>
internal static class OverloadRun
{
    private const int Excess = 3;
    private static readonly TimeSpan OnTimeFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<Run> MeasureAsync(Sandbox sandbox, WorkerSpec template, TimeSpan load)
    {
        var sustainable = await LoadSteps.SustainableAsync(sandbox, template);
        var period = LoadSteps.PeriodOf(template, Excess * sustainable);
        return await sandbox.WithWorkersAsync(template with { Period = period, LoadTime = load }, async (spec, workers) =>
        {
            var dueAt = await workers.BeginAsync();
            await Task.Delay(dueAt - DateTimeOffset.UtcNow);
            var series = await LoadSteps.WatchAsync(workers, sandbox, dueAt, load);
            var recovery = await RecoverAsync(workers, dueAt + load);
            await workers.StopAsync();
            return new Run(Values(series, sustainable, spec.Jobs / period.TotalSeconds, recovery), series);
        });
    }

    /// <summary>The time from the end of the load to the last probe that started late; NaN when that has no end.</summary>
    private static async Task<double> RecoverAsync(WorkerGroup workers, DateTimeOffset end)
    {
        while (DateTimeOffset.UtcNow < end + Patience)
        {
            var late = (await workers.MarkAsync()).LateProbeAt;
            var since = late > end ? late.Value : end;
            if (DateTimeOffset.UtcNow - since > OnTimeFor)
            {
                return (since - end).TotalSeconds;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }

        return double.NaN;
    }

    private static Dictionary<string, double> Values(
        IReadOnlyList<Dictionary<string, double>> series, double sustainable, double demand, double recovery)
    {
        double Greatest(string metric) => series.Max(step => step[metric]);
        double Middle(string metric) => Summary.Of(series.Select(step => step.GetValueOrDefault(metric, double.PositiveInfinity))).Median;

        // The first step warms up, as it does where the sustainable rate is measured.
        var worst = series.Skip(1).Min(static step => step[Measures.Rate]);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.SustainableRate] = sustainable,
            [Measures.DemandedRate] = demand,
            [Measures.Kept] = worst / sustainable,
            [Measures.LagP99] = Greatest(Measures.LagP99),
            [Measures.ProbeLagP50] = Middle(Measures.ProbeLagP50),
            [Measures.ProbeLagP99] = Middle(Measures.ProbeLagP99),
            [Measures.Waiting] = Greatest(Measures.Waiting),
            [Measures.Resident] = Greatest(Measures.Resident),
            [Measures.Recovery] = recovery,
        };
    }
}
