namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.metrics.export</c>. Each receiver is off until it has an address.</summary>
public sealed class ExportOptions
{
    /// <summary>StatsD or DogStatsD.</summary>
    public StatsdOptions Statsd { get; set; } = new();

    /// <summary>InfluxDB, Telegraf, or what else reads line protocol.</summary>
    public InfluxOptions Influx { get; set; } = new();

    /// <summary>An OpenTelemetry collector.</summary>
    public OtlpOptions Otlp { get; set; } = new();
}
