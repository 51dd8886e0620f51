using System.Diagnostics.Metrics;
using System.IO.Enumeration;
using Microsoft.Extensions.Logging;

namespace Carillon.Metrics;

/// <summary>
/// Takes the measurements of the host app's own meters (<see cref="System.Diagnostics.Metrics"/>), so that they are on the
/// page of the cluster without a change of code. Counters and histograms of all nodes add up; up-down counters add up
/// over the living nodes; a gauge has a series for each of them.
/// </summary>
public sealed partial class MeterBridge : ISeriesSource, IDisposable
{
    private const int MaxFamilies = 1_000;

    private readonly IReadOnlyList<string> _meters;
    private readonly int _maxLabelSets;
    private readonly DroppedMetrics _dropped;
    private readonly ILogger _log;
    private readonly CellQueue _queue = new();
    private readonly Lock _publishing = new();
    private readonly Dictionary<string, (string Instrument, BridgedInstrument Bridged)> _taken = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private int _families;

    /// <summary>Begins to listen.</summary>
    /// <param name="meters">The meters, by name; <c>*</c> stands for any characters. Empty: none.</param>
    /// <param name="maxLabelSets">How many sets of labels an instrument has.</param>
    /// <param name="recorder">Counts what is dropped.</param>
    /// <param name="log">Where instruments that cannot be shown are named.</param>
    public MeterBridge(IReadOnlyList<string> meters, int maxLabelSets, OperationRecorder recorder, ILogger<MeterBridge> log)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        _meters = meters;
        _maxLabelSets = maxLabelSets;
        _dropped = recorder.Dropped;
        _log = log;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Measure(state, (double)value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Measure(state, value, tags));
        if (meters.Count > 0 && recorder.IsEnabled)
        {
            _listener.Start();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
    }

    /// <inheritdoc/>
    void ISeriesSource.MoveTo(SeriesBuffer buffer)
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException error)
        {
            LogObservationFailed(error); // an instrument's own code; the others were asked
        }

        _queue.MoveTo(buffer);
    }

    private static void Measure(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        (state as BridgedInstrument)?.Measure(value, tags);
    }

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name is "Carillon" // what it counts is on the page already
            || !_meters.Any(meter => FileSystemName.MatchesSimpleExpression(meter, instrument.Meter.Name))
            || InstrumentKinds.Of(instrument) is not { } kind)
        {
            return;
        }

        lock (_publishing)
        {
            var bridged = new BridgedInstrument(instrument, kind, _maxLabelSets, _queue, _dropped);
            var identity = $"{instrument.Meter.Name}\0{instrument.Name}\0{kind}";
            var names = InstrumentNames.Taken(kind, bridged.Name.Name).ToArray();
            if (_taken.TryGetValue(names[0], out var holder)
                && string.Equals(holder.Instrument, identity, StringComparison.Ordinal)
                && holder.Bridged.Shape.Fits(bridged.Shape))
            {
                listener.EnableMeasurementEvents(instrument, holder.Bridged); // a meter made once more
            }
            else if (InstrumentNames.IsForeign(names[0]) || names.Any(_taken.ContainsKey) || _families >= MaxFamilies)
            {
                _dropped.Add(DropReason.Instruments);
                LogRefused(instrument.Name, instrument.Meter.Name, names[0]);
            }
            else
            {
                _families++;
                foreach (var name in names)
                {
                    _taken.Add(name, (identity, bridged));
                }

                listener.EnableMeasurementEvents(instrument, bridged);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Instrument {Instrument} of meter {Meter} is not shown: its family {Family} belongs to another one, or there are too many")]
    private partial void LogRefused(string instrument, string meter, string family);

    [LoggerMessage(LogLevel.Warning, "An instrument failed when it was asked for its measurements")]
    private partial void LogObservationFailed(AggregateException error);
}
