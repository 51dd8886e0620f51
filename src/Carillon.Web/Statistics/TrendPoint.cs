using System.Text.Json.Serialization;
using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>One step of a trend.</summary>
internal sealed record TrendPoint
{
    private TrendPoint(DateTimeOffset start, long count)
    {
        Start = start;
        Count = count;
    }

    public DateTimeOffset Start { get; }

    /// <summary>Occurrences that ended in the step, those without a run included.</summary>
    public long Count { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SuccessCount { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FailureCount { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? RetryCount { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, long>? Outcomes { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SampleCount { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AvgDurationMs { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MaxDurationMs { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? P50DurationMs { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? P95DurationMs { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? P99DurationMs { get; private init; }

    /// <summary>The point of one way to end.</summary>
    public static TrendPoint Of(DateTimeOffset start, TrendCell cell, Outcome outcome)
    {
        return new TrendPoint(start, cell.Ended.Of(outcome));
    }

    /// <summary>The point with all its figures.</summary>
    /// <param name="start">When the step begins.</param>
    /// <param name="cell">Its figures.</param>
    /// <param name="withPercentiles">Whether the cell knows the durations, and not only their sum.</param>
    public static TrendPoint Of(DateTimeOffset start, TrendCell cell, bool withPercentiles)
    {
        var durations = new QuantileDocument(cell.Durations);
        return new TrendPoint(start, cell.Ended.Total)
        {
            SuccessCount = cell.Ended.Succeeded,
            FailureCount = cell.Ended.Failure,
            RetryCount = cell.Retries,
            Outcomes = EnumWords<Outcome>.Table(cell.Ended.Of),
            SampleCount = cell.Samples,
            AvgDurationMs = QuantileDocument.Milliseconds(cell.AverageMicroseconds),
            MaxDurationMs = withPercentiles ? durations.MaxMs : null,
            P50DurationMs = withPercentiles ? durations.P50Ms : null,
            P95DurationMs = withPercentiles ? durations.P95Ms : null,
            P99DurationMs = withPercentiles ? durations.P99Ms : null,
        };
    }
}
