using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// A period of the past as its figures can be told: rounded outward to minutes as long as those are kept, else to hours.
/// </summary>
public sealed record StatisticsPeriod
{
    private StatisticsPeriod(RollupSpan resolution, DateTimeOffset from, DateTimeOffset to)
    {
        Resolution = resolution;
        From = from;
        To = to;
    }

    /// <summary>What the bounds are rounded to.</summary>
    public RollupSpan Resolution { get; }

    /// <summary>The first instant, UTC.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The first instant after it, UTC.</summary>
    public DateTimeOffset To { get; }

    /// <summary>
    /// The roll-ups that make it up, none of which overlap: hours where whole ones lie in it, minutes at its ends.
    /// </summary>
    public IReadOnlyList<RollupRange> Ranges
    {
        get
        {
            var (firstHour, lastHour) = (RollupSpan.Hour.Ceiling(From), RollupSpan.Hour.Floor(To));
            return firstHour < lastHour
                ? [.. Range(RollupSpan.Minute, From, firstHour), .. Range(RollupSpan.Hour, firstHour, lastHour), .. Range(RollupSpan.Minute, lastHour, To)]
                : [.. Range(RollupSpan.Minute, From, To)];
        }
    }

    /// <summary>The period of the same length that ends where this one begins.</summary>
    /// <param name="minutesSince">Since when minutes are kept.</param>
    public StatisticsPeriod Previous(DateTimeOffset minutesSince)
    {
        return Covering(From - (To - From), From, minutesSince);
    }

    /// <summary>The shortest period that can be told and holds all of another.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant after it; not before <paramref name="from"/>.</param>
    /// <param name="minutesSince">Since when minutes are kept.</param>
    public static StatisticsPeriod Covering(DateTimeOffset from, DateTimeOffset to, DateTimeOffset minutesSince)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        var resolution = RollupSpan.Minute.Floor(from) >= minutesSince ? RollupSpan.Minute : RollupSpan.Hour;
        return new StatisticsPeriod(resolution, resolution.Floor(from), resolution.Ceiling(to));
    }

    private static IEnumerable<RollupRange> Range(RollupSpan span, DateTimeOffset from, DateTimeOffset to)
    {
        return from < to ? [new RollupRange(span, from, to)] : [];
    }
}
