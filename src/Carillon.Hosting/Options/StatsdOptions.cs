using Carillon.Metrics;

namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.metrics.export.statsd</c>.</summary>
public sealed class StatsdOptions
{
    /// <summary>The receiver's name or address. Default: none, and nothing is sent.</summary>
    public string? Host { get; set; }

    /// <summary>Its UDP port. Default: 8125; 1 to 65535.</summary>
    public int Port { get; set; } = 8125;

    /// <summary>The dialect. Default: <see cref="StatsdFormat.Statsd"/>.</summary>
    public StatsdFormat Format { get; set; } = StatsdFormat.Statsd;

    /// <summary>What every name begins with. Default: <c>carillon</c>; letters, digits, <c>_</c>, <c>-</c> and <c>.</c></summary>
    public string Prefix { get; set; } = "carillon";

    /// <summary>What every DogStatsD line is tagged with. Default: nothing.</summary>
    public IDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How often it is sent. Default: 10 s; 100 ms to 1 h.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);
}
