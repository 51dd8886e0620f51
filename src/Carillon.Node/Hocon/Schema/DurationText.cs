namespace Carillon.Node.Hocon.Schema;

/// <summary>Durations as the HOCON specification writes them; a number alone is milliseconds.</summary>
internal static class DurationText
{
    private static readonly Dictionary<string, decimal> Ticks = Units(
        (0.01m, ["ns", "nano", "nanos", "nanosecond", "nanoseconds"]),
        (TimeSpan.TicksPerMicrosecond, ["us", "micro", "micros", "microsecond", "microseconds"]),
        (TimeSpan.TicksPerMillisecond, ["", "ms", "milli", "millis", "millisecond", "milliseconds"]),
        (TimeSpan.TicksPerSecond, ["s", "second", "seconds"]),
        (TimeSpan.TicksPerMinute, ["m", "minute", "minutes"]),
        (TimeSpan.TicksPerHour, ["h", "hour", "hours"]),
        (TimeSpan.TicksPerDay, ["d", "day", "days"]));

    /// <summary>Reads a duration, to the 100 ns that a <see cref="TimeSpan"/> can hold.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var isValid = Quantity.TryParse(text, Ticks, out var ticks);
        duration = new TimeSpan(ticks);
        return isValid;
    }

    private static Dictionary<string, decimal> Units(params (decimal Ticks, string[] Names)[] units) => units
        .SelectMany(unit => unit.Names, (unit, name) => (name, unit.Ticks))
        .ToDictionary(StringComparer.Ordinal);
}
