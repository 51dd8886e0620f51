using System.Numerics;

namespace Carillon.Scheduling.Schedules;

/// <summary>Every combination of some hours, minutes and seconds. Bit n of a mask is the value n; none is empty.</summary>
/// <param name="Hours">The hours, 0–23.</param>
/// <param name="Minutes">The minutes, 0–59.</param>
/// <param name="Seconds">The seconds, 0–59.</param>
internal readonly record struct TimesOfDay(ulong Hours, ulong Minutes, ulong Seconds)
{
    /// <summary>All 24 hours.</summary>
    public const ulong AllHours = (1UL << 24) - 1;

    /// <summary>All 60 minutes of an hour, or seconds of a minute.</summary>
    public const ulong AllSixty = (1UL << 60) - 1;

    private const int SecondsPerDay = 86_400;

    /// <summary>The first time, in seconds of the day.</summary>
    public int First => TimeOf(
        BitOperations.TrailingZeroCount(Hours),
        BitOperations.TrailingZeroCount(Minutes),
        BitOperations.TrailingZeroCount(Seconds));

    /// <summary>How many times there are.</summary>
    public int Count =>
        BitOperations.PopCount(Hours) * BitOperations.PopCount(Minutes) * BitOperations.PopCount(Seconds);

    /// <summary>One of the times in their order, in seconds of the day.</summary>
    /// <param name="index">Which, from 0.</param>
    public int At(int index)
    {
        var (minutes, seconds) = (BitOperations.PopCount(Minutes), BitOperations.PopCount(Seconds));
        return TimeOf(
            Bit(Hours, index / seconds / minutes), Bit(Minutes, index / seconds % minutes), Bit(Seconds, index % seconds));
    }

    /// <summary>The first time at or after the time of a wall clock, in seconds of the day; null when the day has none.</summary>
    public int? AtOrAfter(DateTime wall)
    {
        var secondOfDay = (int)((wall.TimeOfDay.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
        if (secondOfDay >= SecondsPerDay)
        {
            return null;
        }

        var (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60);
        if (NextBit(Hours, hour) == hour)
        {
            if (NextBit(Minutes, minute) == minute && NextBit(Seconds, second) is >= 0 and var nextSecond)
            {
                return TimeOf(hour, minute, nextSecond);
            }

            if (NextBit(Minutes, minute + 1) is >= 0 and var nextMinute)
            {
                return TimeOf(hour, nextMinute, BitOperations.TrailingZeroCount(Seconds));
            }
        }

        return NextBit(Hours, hour + 1) is >= 0 and var nextHour ? (nextHour * 3600) + (First % 3600) : null;
    }

    /// <summary>The lowest bit of a mask from one on, or −1.</summary>
    public static int NextBit(ulong mask, int from)
    {
        var rest = mask >> from;
        return rest == 0 ? -1 : from + BitOperations.TrailingZeroCount(rest);
    }

    private static int TimeOf(int hour, int minute, int second) => (((hour * 60) + minute) * 60) + second;

    private static int Bit(ulong mask, int index)
    {
        for (; index > 0; index--)
        {
            mask &= mask - 1;
        }

        return BitOperations.TrailingZeroCount(mask);
    }
}
