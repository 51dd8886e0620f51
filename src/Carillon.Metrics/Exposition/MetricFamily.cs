using System.Text;
using System.Text.RegularExpressions;

namespace Carillon.Metrics;

/// <summary>
/// The name, type and meaning of one metric family, kept as the bytes that a page needs. The name is checked here,
/// once, and not when a page is written.
/// </summary>
internal sealed partial class MetricFamily
{
    private MetricFamily(string name, string type, string help)
    {
        if (!LegalName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is not a metric name: allowed are a-z, 0-9 and _", nameof(name));
        }

        if (help.AsSpan().ContainsAny('\\', '\n'))
        {
            throw new ArgumentException($"the help of '{name}' holds a backslash or a line break", nameof(help));
        }

        Name = name;
        Header = Encoding.UTF8.GetBytes($"# HELP {name} {help}\n# TYPE {name} {type}\n");
        Sample = Encoding.UTF8.GetBytes(name);
        Bucket = Encoding.UTF8.GetBytes(name + "_bucket");
        Sum = Encoding.UTF8.GetBytes(name + "_sum");
        Count = Encoding.UTF8.GetBytes(name + "_count");
    }

    /// <summary>The family's name.</summary>
    public string Name { get; }

    /// <summary>The HELP and TYPE lines.</summary>
    public byte[] Header { get; }

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
        return new MetricFamily(name, "counter", help);
    }

    /// <summary>A value that goes up and down.</summary>
    public static MetricFamily Gauge(string name, string help)
    {
        return new MetricFamily(name, "gauge", help);
    }

    /// <summary>Observations by bucket.</summary>
    public static MetricFamily Histogram(string name, string help)
    {
        return new MetricFamily(name, "histogram", help);
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LegalName();
}
