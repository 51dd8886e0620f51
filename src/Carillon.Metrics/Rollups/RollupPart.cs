using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>A <see cref="Rollup"/> while it grows.</summary>
internal sealed class RollupPart(RollupSpan span, DateTimeOffset start, long firstNo)
{
    public RollupSpan Span => span;

    public DateTimeOffset Start => start;

    public long FirstNo => firstNo;

    public long ThroughNo { get; set; }

    /// <summary>Facts up to this number are recorded.</summary>
    public long SavedNo { get; set; }

    public PeriodFigures Figures { get; init; } = new();

    public bool IsSaved => SavedNo >= ThroughNo;

    public Rollup ToRollup(string jobId, string category, string queue)
    {
        return new Rollup
        {
            JobId = jobId,
            Span = Span,
            Start = Start,
            FirstNo = FirstNo,
            ThroughNo = ThroughNo,
            Category = category,
            Queue = queue,
            Ended = Figures.Ended,
            Retries = Figures.Retries,
            Durations = Figures.Durations.Count,
            DurationMicroseconds = Figures.Durations.Sum,
            State = Figures.Save(),
        };
    }
}
