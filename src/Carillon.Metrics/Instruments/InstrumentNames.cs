using System.Text;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// The metric family of an instrument, as OpenTelemetry maps names for Prometheus: lower case, <c>_</c> for what is not
/// allowed, the unit in full, <c>_total</c> for counters. Times become seconds and sizes bytes, which Prometheus expects.
/// </summary>
internal static class InstrumentNames
{
    private static readonly string[] Foreign = ["scheduler_", "carillon_", "chronflow_", "celery_"];
    private static readonly string[] Suffixes = ["_total", "_count", "_sum", "_bucket", "_created", "_info"];

    private static readonly Dictionary<string, (string Word, double Factor)> Units = new(StringComparer.Ordinal)
    {
        ["s"] = ("seconds", 1),
        ["ms"] = ("seconds", 1e-3),
        ["us"] = ("seconds", 1e-6),
        ["ns"] = ("seconds", 1e-9),
        ["min"] = ("seconds", 60),
        ["h"] = ("seconds", 3_600),
        ["d"] = ("seconds", 86_400),
        ["By"] = ("bytes", 1),
        ["kBy"] = ("bytes", 1e3),
        ["MBy"] = ("bytes", 1e6),
        ["GBy"] = ("bytes", 1e9),
        ["KiBy"] = ("bytes", 1_024),
        ["MiBy"] = ("bytes", 1_048_576),
        ["GiBy"] = ("bytes", 1_073_741_824),
        ["%"] = ("percent", 1),
        ["Cel"] = ("celsius", 1),
        ["Hz"] = ("hertz", 1),
        ["V"] = ("volts", 1),
        ["A"] = ("amperes", 1),
        ["J"] = ("joules", 1),
        ["W"] = ("watts", 1),
        ["m"] = ("meters", 1),
        ["g"] = ("grams", 1),
    };

    /// <summary>The family of an instrument, and by what its values are multiplied.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="unit">Its unit, as UCUM writes it; null for none.</param>
    public static (string Family, double Factor) Of(MetricKind kind, string name, string? unit)
    {
        var (word, factor) = UnitOf(kind, unit);
        var family = Snake(name);
        if (kind == MetricKind.Counter && family.EndsWith("_total", StringComparison.Ordinal))
        {
            family = family[..^"_total".Length];
        }

        if (word.Length > 0 && !Contains(family, word))
        {
            family = $"{family}_{word}";
        }

        if (kind == MetricKind.Counter)
        {
            return (family + "_total", factor);
        }

        var isTaken = Suffixes.Any(suffix => family.EndsWith(suffix, StringComparison.Ordinal));
        return (isTaken ? family + "_value" : family, factor);
    }

    /// <summary>Whether a family's name belongs to the page itself.</summary>
    public static bool IsForeign(string family)
    {
        return Foreign.Any(prefix => family.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>Every name that a family takes on a page: another one must have none of them.</summary>
    public static IEnumerable<string> Taken(MetricKind kind, string family)
    {
        return kind switch
        {
            MetricKind.Counter => [family, family[..^"_total".Length]],
            MetricKind.Histogram => [family, family + "_bucket", family + "_sum", family + "_count"],
            _ => [family],
        };
    }

    private static (string Word, double Factor) UnitOf(MetricKind kind, string? unit)
    {
        if (string.IsNullOrWhiteSpace(unit))
        {
            return ("", 1);
        }

        if (unit is "1")
        {
            return (kind == MetricKind.Gauge ? "ratio" : "", 1);
        }

        if (Units.TryGetValue(unit, out var known))
        {
            return known;
        }

        // {request} is a remark, not a unit; a/b reads "a per b".
        var parts = unit.Split('/', 2).Select(static part => part.StartsWith('{') ? "" : part).ToArray();
        var words = parts.Select(static part => Units.TryGetValue(part, out var u) && u.Factor == 1 ? u.Word : Snake(part)).ToArray();
        return parts.Length == 2 && parts[1].Length > 0
            ? ($"{words[0]}{(words[0].Length > 0 ? "_" : "")}per_{words[1].TrimEnd('s')}", 1)
            : (parts[0].Length > 0 ? words[0] : "", 1);
    }

    private static bool Contains(string family, string word)
    {
        return $"_{family}_".Contains($"_{word}_", StringComparison.Ordinal);
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < Math.Min(name.Length, LabelRules.MaxLength / 2); i++)
        {
            var c = name[i];
            var isWordStart = char.IsAsciiLetterUpper(c) && i > 0 && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1]));
            if (isWordStart || !char.IsAsciiLetterOrDigit(c))
            {
                if (text.Length > 0 && text[^1] != '_')
                {
                    text.Append('_');
                }
            }

            if (char.IsAsciiLetterOrDigit(c))
            {
                text.Append(char.ToLowerInvariant(c));
            }
        }

        var snake = text.ToString().TrimEnd('_');
        return snake.Length == 0 ? LabelRules.Unknown : char.IsAsciiDigit(snake[0]) ? "_" + snake : snake;
    }
}
