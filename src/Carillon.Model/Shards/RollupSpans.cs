namespace Carillon.Model;

/// <summary>The length of a <see cref="RollupSpan"/>, and where instants lie in it.</summary>
public static class RollupSpans
{
    /// <summary>One minute or one hour.</summary>
    public static TimeSpan Length(this RollupSpan span)
    {
        return span switch
        {
            RollupSpan.Minute => TimeSpan.FromMinutes(1),
            RollupSpan.Hour => TimeSpan.FromHours(1),
            _ => throw new ArgumentOutOfRangeException(nameof(span), span, "not a span"),
        };
    }

    /// <summary>The beginning of the minute or hour that an instant lies in, UTC.</summary>
    public static DateTimeOffset Floor(this RollupSpan span, DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return new DateTimeOffset(ticks - (ticks % span.Length().Ticks), TimeSpan.Zero);
    }

    /// <summary>The first beginning of a minute or hour that is not before an instant, UTC.</summary>
    public static DateTimeOffset Ceiling(this RollupSpan span, DateTimeOffset instant)
    {
        var floor = span.Floor(instant);
        return floor == instant ? floor : floor + span.Length();
    }
}
