using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The steps of a trend: equal stretches of time that begin at whole multiples of their length, UTC.</summary>
public sealed record TrendSteps
{
    /// <summary>The most steps of a trend.</summary>
    public const int Max = 1_000;

    private const int Preferred = 120;

    private static readonly TimeSpan[] Usual =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7),
    ];

    private TrendSteps(DateTimeOffset from, TimeSpan length, int count)
    {
        From = from;
        Length = length;
        Count = count;
    }

    /// <summary>When the first step begins, UTC.</summary>
    public DateTimeOffset From { get; }

    /// <summary>How long a step is.</summary>
    public TimeSpan Length { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>When the last step ends, UTC.</summary>
    public DateTimeOffset To => From + (Length * Count);

    /// <summary>The roll-ups that make up the steps: hours when no step cuts one.</summary>
    public RollupRange Range => new(
        Length.Ticks % TimeSpan.TicksPerHour == 0 ? RollupSpan.Hour : RollupSpan.Minute, From, To);

    /// <summary>The steps that cover a period.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant after it; not before <paramref name="from"/>.</param>
    /// <param name="length">Whole minutes, from one.</param>
    public static TrendSteps Covering(DateTimeOffset from, DateTimeOffset to, TimeSpan length)
    {
        var first = from.UtcTicks - (from.UtcTicks % length.Ticks);
        var count = ((to.UtcTicks - first) + length.Ticks - 1) / length.Ticks;
        return new TrendSteps(new DateTimeOffset(first, TimeSpan.Zero), length, checked((int)Math.Max(1, count)));
    }

    /// <summary>The usual length that gives enough steps and not too many.</summary>
    /// <param name="period">How long the trend is.</param>
    /// <param name="least">The shortest length that can be told.</param>
    public static TimeSpan LengthFor(TimeSpan period, TimeSpan least)
    {
        return Usual.FirstOrDefault(length => length >= least && period / length <= Preferred, Usual[^1]);
    }

    /// <summary>The steps just before these.</summary>
    public TrendSteps Previous()
    {
        return new TrendSteps(From - (Length * Count), Length, Count);
    }

    /// <summary>When a step begins.</summary>
    public DateTimeOffset StartOf(int step)
    {
        return From + (Length * step);
    }

    /// <summary>The step that an instant of the trend lies in.</summary>
    public int IndexOf(DateTimeOffset instant)
    {
        return (int)((instant - From).Ticks / Length.Ticks);
    }
}
