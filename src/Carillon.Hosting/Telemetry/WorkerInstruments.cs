using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Carillon.Actors;
using Carillon.Scheduling;

namespace Carillon.Hosting;

/// <summary>
/// The instruments of <c>Meter("Carillon")</c> that tell how the worker stands. What they tell is at most
/// <see cref="Interval"/> old; while nobody listens, the worker is not asked.
/// </summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "They start their task themselves, and end it.")]
internal sealed class WorkerInstruments : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Meter _meter = new("Carillon");
    private readonly CancellationTokenSource _stop = new();
    private readonly Instrument[] _instruments;
    private readonly Task _running;
    private volatile WorkerState? _state;

    public WorkerInstruments(ExportReader reader, TimeProvider time)
    {
        _instruments =
        [
            _meter.CreateObservableGauge("carillon.queue.length", Lengths, "{attempt}", "Attempts that wait for a slot."),
            Gauge("carillon.slots.active", "Slots of the worker that run something.", static state => state.Active),
            Gauge("carillon.slots.idle", "Slots of the worker that are free.", static state => Math.Max(0, state.Slots - state.Active)),
        ];
        _running = Task.Run(() => RunAsync(reader, time));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _meter.Dispose();
    }

    private ObservableGauge<int> Gauge(string name, string description, Func<WorkerState, int> value)
    {
        return _meter.CreateObservableGauge<int>(
            name, () => _state is { } state ? [new Measurement<int>(value(state))] : [], "{slot}", description);
    }

    private IEnumerable<Measurement<int>> Lengths()
    {
        return _state?.Queues.Select(static queue => new Measurement<int>(queue.Length, KeyValuePair.Create("queue", (object?)queue.Name))) ?? [];
    }

    private async Task RunAsync(ExportReader reader, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                if (Array.Exists(_instruments, static instrument => instrument.Enabled))
                {
                    _state = await TryReadAsync(reader);
                }
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // It is told to end.
        }
    }

    private static async Task<WorkerState?> TryReadAsync(ExportReader reader)
    {
        try
        {
            return await reader.ReadWorkerAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is AskTimeoutException or ActorUnavailableException)
        {
            return null;
        }
    }
}
