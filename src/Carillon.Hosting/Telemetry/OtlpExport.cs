using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Carillon.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Carillon.Hosting;

/// <summary>
/// Sends the meter and the spans of this process to an OpenTelemetry collector. Each incarnation is an instance of its
/// own, whose counters begin at zero, so that sums over instances are those of the cluster.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The providers dispose what they are built of.")]
internal sealed class OtlpExport : IDisposable
{
    /// <summary>Series of one metric; beyond them the SDK folds measurements into one that says so.</summary>
    private const int MaxSeries = 20_000;

    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;
    private readonly int _timeoutMilliseconds;

    public OtlpExport(OtlpOptions options, NodeIdentity identity, string cluster, ExportOutage outage)
    {
        _timeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
        var interval = (int)options.Interval.TotalMilliseconds;
        var resource = ResourceBuilder.CreateEmpty().AddService(
            "carillon", cluster, NodeIdentity.ProductVersion, autoGenerateServiceInstanceId: false, identity.Incarnation.ToString())
            .AddAttributes([KeyValuePair.Create("carillon.node", (object)identity.Name)]);
        if (options.Metrics)
        {
            var exporter = new MetricSender(Options(options, "v1/metrics"), outage);
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter("Carillon")
                .AddView(static _ => new MetricStreamConfiguration { CardinalityLimit = MaxSeries })
                .AddReader(new PeriodicExportingMetricReader(exporter, interval, _timeoutMilliseconds))
                .Build();
        }

        if (options.Traces)
        {
            var exporter = new SpanSender(Options(options, "v1/traces"), outage);
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Carillon")
                .SetSampler(new TraceIdRatioBasedSampler(options.TraceRatio))
                .AddProcessor(new SpanQueue(exporter, outage, interval, _timeoutMilliseconds))
                .Build();
        }
    }

    /// <summary>Sends what has come since the last time.</summary>
    public Task FlushAsync()
    {
        return Task.Run(() =>
        {
            _metrics?.ForceFlush(_timeoutMilliseconds);
            _traces?.ForceFlush(_timeoutMilliseconds);
        });
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }

    private static OtlpExporterOptions Options(OtlpOptions options, string path)
    {
        var isGrpc = options.Protocol == OtlpProtocol.Grpc;
        return new OtlpExporterOptions
        {
            Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            Endpoint = isGrpc ? new Uri(options.Endpoint!) : new Uri($"{options.Endpoint!.TrimEnd('/')}/{path}"),
            TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds,
            HttpClientFactory = () => Client(options),
        };
    }

    /// <summary>The exporter's own way to write headers has none for a comma in a value.</summary>
    private static HttpClient Client(OtlpOptions options)
    {
        var client = new HttpClient { Timeout = options.Timeout };
        foreach (var (name, value) in options.Headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return client;
    }

    private static void Note(ExportOutage outage, ExportResult result, long count)
    {
        var isTaken = result == ExportResult.Success;
        outage.Note(isTaken ? 0 : (int)count, isTaken ? null : "the collector does not take it");
    }

    private sealed class MetricSender(OtlpExporterOptions options, ExportOutage outage) : OtlpMetricExporter(options)
    {
        public override ExportResult Export(in Batch<Metric> metrics)
        {
            var count = metrics.Count;
            var result = base.Export(metrics);
            Note(outage, result, count);
            return result;
        }
    }

    private sealed class SpanSender(OtlpExporterOptions options, ExportOutage outage) : OtlpTraceExporter(options)
    {
        private long _waiting;

        public bool HasRoom => Interlocked.Read(ref _waiting) < SpanQueue.Capacity;

        public void Expect()
        {
            Interlocked.Increment(ref _waiting);
        }

        public override ExportResult Export(in Batch<Activity> batch)
        {
            var count = batch.Count; // enumerating takes the spans out
            var result = base.Export(batch);
            Interlocked.Add(ref _waiting, -count);
            Note(outage, result, count);
            return result;
        }
    }

    /// <summary>Spans that wait to be sent, so many and no more: what comes beyond them is dropped, and counted.</summary>
    private sealed class SpanQueue(SpanSender sender, ExportOutage outage, int interval, int timeout)
        : BatchActivityExportProcessor(sender, Capacity, interval, timeout)
    {
        public const int Capacity = 4_096;

        public override void OnEnd(Activity data)
        {
            if (!data.Recorded)
            {
                return;
            }

            if (!sender.HasRoom)
            {
                outage.Note(1, "spans come faster than they are sent");
                return;
            }

            sender.Expect();
            base.OnEnd(data);
        }
    }
}
