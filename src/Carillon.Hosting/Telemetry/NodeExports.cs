using Carillon.Metrics;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting;

/// <summary>Everything that a node sends elsewhere about itself. None of it can hold the node up.</summary>
internal sealed class NodeExports : IAsyncDisposable
{
    private readonly ExportOptions _options;
    private readonly NodeIdentity _identity;
    private readonly DroppedMetrics _dropped;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly List<ExportLoop> _loops = [];
    private readonly OtlpExport? _otlp;
    private WorkerInstruments? _worker;

    public NodeExports(
        CarillonOptions options, NodeIdentity identity, DroppedMetrics dropped, TimeProvider time, ILoggerFactory loggers)
    {
        _dropped = dropped;
        _options = options.Metrics.Export;
        _identity = identity;
        _time = time;
        _log = loggers.CreateLogger<NodeExports>();
        if (_options.Otlp.Endpoint is not null)
        {
            _otlp = new OtlpExport(_options.Otlp, identity, options.Cluster.Name, new ExportOutage("otlp", _dropped, _log));
        }
    }

    /// <summary>Begins to send.</summary>
    public void Start(ExportReader reader)
    {
        _worker = new WorkerInstruments(reader, _time);
        var (statsd, influx) = (_options.Statsd, _options.Influx);
        if (statsd.Host is { } host)
        {
            Start(
                MetricsExporter.Statsd(host, statsd.Port, statsd.Format, statsd.Prefix, statsd.Tags),
                reader, statsd.Interval, TimeSpan.FromSeconds(5));
        }

        if (influx.Url is { } url)
        {
            Start(MetricsExporter.Influx(new Uri(url), influx.Token, influx.Prefix), reader, influx.Interval, influx.Timeout);
        }
    }

    /// <summary>Sends what has come since the last time.</summary>
    public Task StopAsync()
    {
        return Task.WhenAll([.. _loops.Select(static loop => loop.StopAsync()), _otlp?.FlushAsync() ?? Task.CompletedTask]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var loop in _loops)
        {
            await loop.DisposeAsync();
        }

        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        _otlp?.Dispose();
    }

    private void Start(MetricsExporter exporter, ExportReader reader, TimeSpan interval, TimeSpan timeout)
    {
        var loop = new ExportLoop(exporter, reader.ReadAsync, new ExportOutage(exporter.Name, _dropped, _log), _time)
        {
            Interval = interval,
            Timeout = timeout,
        };
        _loops.Add(loop);
        loop.Start();
    }
}
