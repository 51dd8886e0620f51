using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>What an instrument has measured on this node for one set of labels and not sent yet.</summary>
internal sealed class InstrumentCell : ICollectedCell
{
    private readonly Lock _gate = new();
    private readonly SeriesName _name;
    private readonly LabelSet _labels;
    private readonly InstrumentShape _shape;
    private readonly InstrumentTotals _totals;
    private readonly CellQueue _queue;
    private bool _isQueued;
    private long _seen;

    public InstrumentCell(SeriesName name, LabelSet labels, InstrumentShape shape, CellQueue queue)
    {
        _name = name;
        _labels = labels;
        _shape = shape;
        _queue = queue;
        _totals = new InstrumentTotals(shape);
    }

    public ICollectedCell? Next { get; set; }

    /// <summary>Takes a measurement.</summary>
    /// <param name="value">As it is shown.</param>
    /// <param name="units">The same as a whole number.</param>
    /// <param name="isAbsolute">Whether it is what the instrument stands at, rather than by how much it changed.</param>
    public void Measure(double value, long units, bool isAbsolute)
    {
        lock (_gate)
        {
            switch (_name.Kind)
            {
                case MetricKind.Histogram:
                    _totals.Observe(value, units);
                    break;
                case MetricKind.Counter when isAbsolute:
                    // A counter that stands lower than before has begun anew.
                    _totals.Add(units >= _seen ? units - _seen : units);
                    _seen = units;
                    break;
                case MetricKind.UpDownCounter when !isAbsolute:
                case MetricKind.Counter:
                    _totals.Add(units);
                    break;
                default:
                    _totals.Set(units);
                    break;
            }

            if (!_isQueued)
            {
                _isQueued = true;
                _queue.Push(this);
            }
        }
    }

    /// <inheritdoc/>
    public void MoveTo(SeriesBuffer buffer)
    {
        lock (_gate)
        {
            _isQueued = false;
            var waiting = buffer.Instrument(_name, _labels, _shape);
            if (_name.Kind is MetricKind.Gauge or MetricKind.UpDownCounter)
            {
                waiting.Set(_totals.Value); // what it stands at stays
            }
            else
            {
                waiting.Add(_totals);
                _totals.Clear();
            }
        }
    }
}
