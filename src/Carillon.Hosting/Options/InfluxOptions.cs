namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.metrics.export.influx</c>.</summary>
public sealed class InfluxOptions
{
    /// <summary>
    /// <c>udp://HOST:PORT</c>, or an HTTP URL with its query, such as <c>http://HOST:8086/api/v2/write?org=o&amp;bucket=b</c>
    /// or <c>http://HOST:8086/write?db=d</c>. Default: none, and nothing is sent.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>What HTTP requests are allowed by. Default: none.</summary>
    public string? Token { get; set; }

    /// <summary>What every measurement begins with. Default: <c>carillon</c>.</summary>
    public string Prefix { get; set; } = "carillon";

    /// <summary>How often it is sent. Default: 10 s; 100 ms to 1 h.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one reading may take to be sent. Default: 5 s; 10 ms to 1 minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
