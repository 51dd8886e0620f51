using System.Globalization;
using System.Text.RegularExpressions;

namespace Carillon.EndToEnd.Tests.Metrics;

/// <summary>
/// A page in the Prometheus text format 0.0.4, read strictly: every family has one HELP and one TYPE line before its
/// samples, every sample belongs to the family that stands above it, and no series is there twice.
/// </summary>
internal sealed partial class MetricsPage
{
    private static readonly string[] HistogramSuffixes = ["_bucket", "_sum", "_count"];
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _familyOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _helps = new(StringComparer.Ordinal);

    /// <summary>Every series with its labels as written, and its value.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>The type of each family.</summary>
    public IReadOnlyDictionary<string, string> Types => _types;

    /// <summary>The help text of each family.</summary>
    public IReadOnlyDictionary<string, string> Helps => _helps;

    /// <summary>The series that must never fall: counters, and everything of histograms.</summary>
    public IEnumerable<KeyValuePair<string, double>> Counters => _samples.Where(s => _types[_familyOf[s.Key]] is "counter" or "histogram");

    public static MetricsPage Parse(string text)
    {
        var page = new MetricsPage();
        var family = string.Empty;
        foreach (var line in text.Split('\n'))
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                family = comment.Groups["family"].Value;
                var words = comment.Groups["kind"].Value is "HELP" ? page._helps : page._types;
                Assert.True(words.TryAdd(family, comment.Groups["rest"].Value), $"a second line like: {line}");
            }
            else if (line.Length > 0)
            {
                page.AddSample(line, family);
            }
        }

        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return page;
    }

    /// <summary>The samples of a family by one label; those that share a value are added up.</summary>
    public IReadOnlyDictionary<string, double> By(string label, string family)
    {
        var pattern = new Regex($"[{{,]{label}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return _samples.Where(s => string.Equals(_familyOf[s.Key], family, StringComparison.Ordinal))
            .GroupBy(s => pattern.Match(s.Key).Groups["value"].Value, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Sum(s => s.Value), StringComparer.Ordinal);
    }

    /// <summary>All samples of a family added up.</summary>
    public double Sum(string family)
    {
        return _samples.Where(s => string.Equals(_familyOf[s.Key], family, StringComparison.Ordinal)).Sum(static s => s.Value);
    }

    private void AddSample(string line, string family)
    {
        Assert.True(_types.TryGetValue(family, out var type) && _helps.ContainsKey(family), $"no HELP and TYPE above: {line}");
        var match = Sample().Match(line);
        Assert.True(match.Success, $"not a sample: {line}");
        var suffix = match.Groups["name"].Value[Math.Min(family.Length, match.Groups["name"].Length)..];
        Assert.StartsWith(family, line, StringComparison.Ordinal);
        Assert.True(type is "histogram" ? HistogramSuffixes.Contains(suffix, StringComparer.Ordinal) : suffix.Length == 0, $"{line} is not of {family}");
        var series = match.Groups["series"].Value;
        Assert.True(_samples.TryAdd(series, Value(match.Groups["value"].Value)), $"{series} is there twice");
        _familyOf.Add(series, family);
    }

    private static double Value(string text)
    {
        return text switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex("^# (?<kind>HELP|TYPE) (?<family>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.+)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        """^(?<series>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*"(,(?!\})|(?=\})))+\})?) (?<value>\S+)$""",
        RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Sample();
}
