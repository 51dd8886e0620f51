using System.Text.RegularExpressions;
using Carillon.Testing;

namespace Carillon.EndToEnd.Tests.Metrics;

/// <summary>A page of metrics, read strictly, with its series as they are written.</summary>
internal sealed class MetricsPage
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _familyOf = new(StringComparer.Ordinal);

    private MetricsPage(ExpositionPage page, string text)
    {
        var families = page.Families.Values.SelectMany(static f => f.Samples.Select(s => (Family: f.Name, Sample: s)));
        var lines = text.Split('\n').Where(static line => line.Length > 0 && line[0] != '#');
        foreach (var ((family, sample), line) in families.Zip(lines))
        {
            var series = line[..line.LastIndexOf(' ')];
            _samples.Add(series, sample.Value);
            _familyOf.Add(series, family);
        }

        Types = page.Families.ToDictionary(static f => f.Key, static f => f.Value.Type, StringComparer.Ordinal);
        Helps = page.Families.ToDictionary(static f => f.Key, static f => f.Value.Help, StringComparer.Ordinal);
    }

    /// <summary>Every series with its labels as written, and its value.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>The type of each family.</summary>
    public IReadOnlyDictionary<string, string> Types { get; }

    /// <summary>The help text of each family.</summary>
    public IReadOnlyDictionary<string, string> Helps { get; }

    /// <summary>The series that must never fall: counters, and everything of histograms.</summary>
    public IEnumerable<KeyValuePair<string, double>> Counters => _samples.Where(s => Types[_familyOf[s.Key]] is "counter" or "histogram");

    public static MetricsPage Parse(string text)
    {
        return new MetricsPage(ExpositionPage.ParseText(text), text);
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
}
