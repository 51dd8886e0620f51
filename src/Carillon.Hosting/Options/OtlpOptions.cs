namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.metrics.export.otlp</c>.</summary>
public sealed class OtlpOptions
{
    /// <summary>
    /// The collector's base URL, such as <c>http://HOST:4318</c> (HTTP) or <c>http://HOST:4317</c> (gRPC). Default: none,
    /// and nothing is sent.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>How it is spoken to. Default: <see cref="OtlpProtocol.HttpProtobuf"/>.</summary>
    public OtlpProtocol Protocol { get; set; } = OtlpProtocol.HttpProtobuf;

    /// <summary>What every request carries, such as a token. Default: nothing.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether metrics are sent. Default: true.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>Whether traces are sent. Default: true.</summary>
    public bool Traces { get; set; } = true;

    /// <summary>The share of executions that are traced, 0 to 1. Default: 1.</summary>
    public double TraceRatio { get; set; } = 1;

    /// <summary>How often it is sent. Default: 10 s; 100 ms to 1 h.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one request may take. Default: 5 s; 10 ms to 1 minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
