using System.Diagnostics.CodeAnalysis;

namespace Carillon.Metrics;

/// <summary>
/// Reads and sends, over and over. Whatever the receiver does, this holds one reading at most.
/// </summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The loop starts its task itself, and ends it.")]
public sealed class ExportLoop : IAsyncDisposable
{
    private readonly MetricsExporter _exporter;
    private readonly Func<CancellationToken, Task<ExportReading>> _read;
    private readonly TimeProvider _time;
    private readonly ExportOutage _outage;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Makes a loop that does not run yet.</summary>
    /// <param name="exporter">Sends; it is disposed with the loop.</param>
    /// <param name="read">Reads what this node has.</param>
    /// <param name="outage">Is told what is not sent.</param>
    /// <param name="time">The clock of the intervals.</param>
    public ExportLoop(
        MetricsExporter exporter, Func<CancellationToken, Task<ExportReading>> read, ExportOutage outage, TimeProvider time)
    {
        _exporter = exporter;
        _read = read;
        _outage = outage;
        _time = time;
    }

    /// <summary>How often it sends. Default: 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one reading may take to be read and sent. Default: 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Sends a first reading, where counters begin, and one after each interval.</summary>
    public void Start()
    {
        _running = Task.Run(RunAsync);
    }

    /// <summary>Sends what has come since the last reading, and ends.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await SendAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _exporter.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            do
            {
                await SendAsync();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // It is told to end.
        }
    }

    private async Task SendAsync()
    {
        using var limit = new CancellationTokenSource(Timeout, _time);
        var (dropped, problem) = await ReadAndSendAsync(limit.Token);
        _outage.Note(dropped, problem);
    }

    private async Task<(int Dropped, string? Problem)> ReadAndSendAsync(CancellationToken cancellationToken)
    {
        ExportReading reading;
        try
        {
            reading = await _read(cancellationToken);
        }
#pragma warning disable CA1031 // Whatever keeps the statistics from being read, they are read again after the interval.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return (0, $"the statistics cannot be read ({error.Message})");
        }

        return await _exporter.SendAsync(reading, cancellationToken);
    }
}
