namespace Carillon.Model;

/// <summary>
/// Instants as the store keeps them: UTC, whole microseconds. Every time is cut to microseconds when it is made;
/// a time with a fraction of one would never match its own row again.
/// </summary>
public static class Instant
{
    /// <summary>The clock's present, cut to microseconds.</summary>
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        return Truncate(clock.GetUtcNow());
    }

    /// <summary>The same instant in UTC, cut to microseconds.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    /// <summary>Whole microseconds since 1970-01-01T00:00:00Z: those of the truncated instant.</summary>
    public static long ToMicroseconds(DateTimeOffset instant)
    {
        return (instant.UtcTicks / TimeSpan.TicksPerMicrosecond) - (DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>The instant that lies <paramref name="microseconds"/> after 1970-01-01T00:00:00Z.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds)
    {
        return DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>The instant of UTC ticks, where 0 stands for none: half the size of an instant that may be missing.</summary>
    public static DateTimeOffset? OfTicks(long ticks)
    {
        return ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>What <see cref="OfTicks"/> reads.</summary>
    public static long TicksOf(DateTimeOffset? instant)
    {
        return instant?.UtcTicks ?? 0;
    }
}
