using System.Text;
using System.Text.RegularExpressions;

namespace Carillon.Metrics;

/// <summary>
/// The name, type and meaning of one metric family, kept as the bytes that a page needs. The name is checked here,
/// once, and not when a page is written.
/// </summary>
internal sealed partial class MetricFamily
{
    private const string Total = "_total";
    private static readonly string[] Units = ["seconds", "bytes"];

    private readonly byte[] _text;
    private readonly byte[] _openMetrics;

    private MetricFamily(string name, MetricType type, string help)
    {
        if (!LegalName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is not a metric name: allowed are a-z, 0-9 and _", nameof(name));
        }

        if (type != MetricType.Unknown && name.EndsWith(Total, StringComparison.Ordinal) != (type == MetricType.Counter))
        {
            throw new ArgumentException($"'{name}': counters end in {Total}, and nothing else does", nameof(name));
        }

        if (help.AsSpan().ContainsAny("\\\n\""))
        {
            throw new ArgumentException($"the help of '{name}' holds a backslash, a quote or a line break", nameof(help));
        }

        Name = name;
        _text = Encoding.UTF8.GetBytes($"# HELP {name} {help}\n# TYPE {name} {Word(type, "untyped")}\n");
        _openMetrics = Encoding.UTF8.GetBytes(OpenMetricsHeader(name, type, help));
        Sample = Encoding.UTF8.GetBytes(name);
        Bucket = Encoding.UTF8.GetBytes(name + "_bucket");
        Sum = Encoding.UTF8.GetBytes(name + "_sum");
        Count = Encoding.UTF8.GetBytes(name + "_count");
    }

    /// <summary>The family's name in text; OpenMetrics names a counter without its <c>_total</c>.</summary>
    public string Name { get; }

    /// <summary>The name of its samples.</summary>
    public byte[] Sample { get; }

    /// <summary>The name of a histogram's buckets.</summary>
    public byte[] Bucket { get; }

    /// <summary>The name of a histogram's sum.</summary>
    public byte[] Sum { get; }

    /// <summary>The name of a histogram's count.</summary>
    public byte[] Count { get; }

    /// <summary>A count that never falls.</summary>
    public static MetricFamily Counter(string name, string help)
    {
        return new MetricFamily(name, MetricType.Counter, help);
    }

    /// <summary>A value that goes up and down.</summary>
    public static MetricFamily Gauge(string name, string help)
    {
        return new MetricFamily(name, MetricType.Gauge, help);
    }

    /// <summary>Observations by bucket.</summary>
    public static MetricFamily Histogram(string name, string help)
    {
        return new MetricFamily(name, MetricType.Histogram, help);
    }

    /// <summary>A family whose name breaks the rules of what it counts.</summary>
    public static MetricFamily Unknown(string name, string help)
    {
        return new MetricFamily(name, MetricType.Unknown, help);
    }

    /// <summary>The lines that come once before the samples.</summary>
    public ReadOnlySpan<byte> Header(PageFormat format)
    {
        return format == PageFormat.OpenMetrics ? _openMetrics : _text;
    }

    private static string OpenMetricsHeader(string name, MetricType type, string help)
    {
        var family = type == MetricType.Counter ? name[..^Total.Length] : name;
        var unit = Array.Find(Units, unit => family.EndsWith("_" + unit, StringComparison.Ordinal));
        var unitLine = unit is null ? "" : $"# UNIT {family} {unit}\n";
        return $"# TYPE {family} {Word(type, "unknown")}\n{unitLine}# HELP {family} {help}\n";
    }

    private static string Word(MetricType type, string unknown)
    {
        return type switch
        {
            MetricType.Counter => "counter",
            MetricType.Gauge => "gauge",
            MetricType.Histogram => "histogram",
            _ => unknown,
        };
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LegalName();
}
