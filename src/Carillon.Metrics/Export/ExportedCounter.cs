using System.Collections.Immutable;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>One of the counters that are exported of a job.</summary>
/// <param name="Name">Its name, without the prefix.</param>
/// <param name="Outcome">The outcome that it counts, where there is one counter for each; else null.</param>
/// <param name="Value">Where it is in the books.</param>
internal sealed record ExportedCounter(string Name, string? Outcome, Func<ExecutionCounts, long> Value)
{
    /// <summary>All of them. None falls while a job lives and the statistics are not reset.</summary>
    public static readonly ImmutableArray<ExportedCounter> All =
    [
        new("success", null, static counts => counts.Outcomes.Succeeded),
        new("failure", null, static counts => counts.Outcomes.Failure),
        new("retries", null, static counts => counts.Retries),
        new("planned", null, static counts => counts.Planned),
        new("durations", null, static counts => counts.Durations),
        new("duration_us", null, static counts => counts.DurationMicroseconds),
        .. Enum.GetValues<Outcome>().Select(static outcome =>
            new ExportedCounter("occurrences", Words.Of(outcome), counts => counts.Outcomes.Of(outcome))),
    ];

    /// <summary>How much each counter has grown; where one has fallen, all began anew, and count from zero.</summary>
    public static ImmutableArray<long> Growth(ExecutionCounts before, ExecutionCounts now)
    {
        return All.Any(counter => counter.Value(now) < counter.Value(before))
            ? Growth(default, now)
            : [.. All.Select(counter => counter.Value(now) - counter.Value(before))];
    }
}
