namespace Carillon.Metrics;

/// <summary>Sends readings to a receiver outside: each as lines, in batches, within a time.</summary>
public sealed class MetricsExporter : IDisposable
{
    private readonly Func<ExportReading, IEnumerable<string>> _lines;
    private readonly ILineReceiver _receiver;

    private MetricsExporter(string name, Func<ExportReading, IEnumerable<string>> lines, ILineReceiver receiver)
    {
        Name = name;
        _lines = lines;
        _receiver = receiver;
    }

    /// <summary>The kind of receiver: <c>statsd</c> or <c>influx</c>.</summary>
    public string Name { get; }

    /// <summary>Sends to a StatsD or DogStatsD receiver by UDP.</summary>
    /// <param name="host">Its name or address.</param>
    /// <param name="port">Its port.</param>
    /// <param name="format">The dialect.</param>
    /// <param name="prefix">What every name begins with.</param>
    /// <param name="tags">What every DogStatsD line is tagged with.</param>
    public static MetricsExporter Statsd(
        string host, int port, StatsdFormat format, string prefix, IEnumerable<KeyValuePair<string, string>> tags)
    {
        return new MetricsExporter("statsd", new StatsdLines(format, prefix, tags).Of, new UdpLineReceiver(host, port));
    }

    /// <summary>Sends line protocol to InfluxDB, Telegraf or what else reads it.</summary>
    /// <param name="url"><c>udp://HOST:PORT</c>, or an HTTP URL with its query.</param>
    /// <param name="token">What requests are allowed by, or null.</param>
    /// <param name="prefix">What every measurement begins with.</param>
    public static MetricsExporter Influx(Uri url, string? token, string prefix)
    {
        ILineReceiver receiver = url.Scheme is "udp"
            ? new UdpLineReceiver(url.Host, url.Port)
            : new HttpLineReceiver(url, token);
        return new MetricsExporter("influx", new InfluxLines(prefix).Of, receiver);
    }

    /// <summary>
    /// Sends a reading. Once the receiver has refused something, the rest of the reading is left out: the next one is
    /// due soon, and waiting for each of its batches would only pile up.
    /// </summary>
    /// <returns>How many lines were not sent, and why; none and null when all were.</returns>
    public async Task<(int Dropped, string? Problem)> SendAsync(ExportReading reading, CancellationToken cancellationToken)
    {
        var dropped = 0;
        string? problem = null;
        foreach (var (text, lines) in LineBatches.Of(_lines(reading), _receiver.MaxBytes))
        {
            if (problem is null)
            {
                problem = await TrySendAsync(text, cancellationToken);
            }

            dropped += problem is null ? 0 : lines;
        }

        return (dropped, problem);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _receiver.Dispose();
    }

    private async Task<string?> TrySendAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        try
        {
            await _receiver.SendAsync(text, cancellationToken);
            return null;
        }
        catch (IOException error)
        {
            return error.Message;
        }
        catch (OperationCanceledException)
        {
            return "it takes too long";
        }
    }
}
