using System.Globalization;
using System.Text.RegularExpressions;

namespace Carillon.Model;

/// <summary>
/// Durations as people write them: <c>5s</c>, <c>100ms</c>, <c>1m30s</c>, or <c>PT5S</c> of ISO 8601.
/// </summary>
public static partial class DurationText
{
    /// <summary>What may be written.</summary>
    public const string Allowed = "a duration such as 100ms, 5s, 2m, 1h, 1d or PT5S";

    private const int MaxLength = 100;
    private const string Number = @"[0-9]{1,15}(\.[0-9]{1,9})?";

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
    ];

    /// <summary>Reads a duration of zero or more.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length > MaxLength)
        {
            return false;
        }

        var match = text.StartsWith('P') ? Iso().Match(text) : Short().Match(text);

        var ticks = 0m;
        var parts = 0;
        foreach (var (unit, length) in Units)
        {
            if (match.Groups[unit] is { Success: true, ValueSpan: var number })
            {
                ticks += decimal.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * length;
                parts++;
            }
        }

        if (parts == 0 || ticks > TimeSpan.MaxValue.Ticks || ticks != decimal.Truncate(ticks))
        {
            return false;
        }

        duration = new TimeSpan((long)ticks);
        return true;
    }

    /// <summary>The duration in its largest whole unit, such as <c>90s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        foreach (var (unit, ticks) in Units)
        {
            if (duration.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / ticks}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMicroseconds}us");
    }

    [GeneratedRegex(
        $@"\A((?<d>{Number})d)?((?<h>{Number})h)?((?<m>{Number})m)?"
        + $@"((?<s>{Number})s)?((?<ms>{Number})ms)?((?<us>{Number})us)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Short();

    [GeneratedRegex(
        $@"\AP((?<d>{Number})D)?(T((?<h>{Number})H)?((?<m>{Number})M)?((?<s>{Number})S)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Iso();
}
