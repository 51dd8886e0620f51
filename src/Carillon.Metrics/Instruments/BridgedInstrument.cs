using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Globalization;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>One instrument of the host app, and its measurements by labels.</summary>
internal sealed class BridgedInstrument
{
    private const double Millionths = 1_000_000;
    private const double MostUnits = 9e18;

    [ThreadStatic]
    private static OperationLabel[]? Scratch;

    private readonly double _factor;
    private readonly bool _isAbsolute;
    private readonly int _maxLabelSets;
    private readonly CellQueue _queue;
    private readonly DroppedMetrics _dropped;
    private readonly OperationLookup<InstrumentCell> _cells = new();
    private readonly Dictionary<LabelSet, InstrumentCell> _sets = [];
    private readonly Lock _adding = new();
    private readonly InstrumentCell _other;
    private volatile bool _isFull;
    private int _spellings;

    public BridgedInstrument(Instrument instrument, MetricKind kind, int maxLabelSets, CellQueue queue, DroppedMetrics dropped)
    {
        (var family, _factor) = InstrumentNames.Of(kind, instrument.Name, instrument.Unit);
        Name = new SeriesName(kind, family);
        Shape = ShapeOf(instrument, kind, _factor);
        _isAbsolute = instrument.IsObservable;
        _maxLabelSets = maxLabelSets;
        _queue = queue;
        _dropped = dropped;
        _other = new InstrumentCell(Name, LabelSet.Other, Shape, queue);
    }

    public SeriesName Name { get; }

    public InstrumentShape Shape { get; }

    /// <summary>Takes a measurement.</summary>
    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        value *= _factor;
        var units = Math.Round(Shape.IsWhole ? value : value * Millionths);
        if (!(Math.Abs(units) < MostUnits) || (value < 0 && Name.Kind is MetricKind.Counter or MetricKind.Histogram))
        {
            _dropped.Add(DropReason.Latency);
            return;
        }

        Find(tags).Measure(value, (long)units, _isAbsolute);
    }

    private InstrumentCell Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Scratch ??= new OperationLabel[LabelRules.MaxLabels];
        var count = Math.Min(tags.Length, labels.Length);
        for (var i = 0; i < count; i++)
        {
            labels[i] = new OperationLabel(tags[i].Key, Text(tags[i].Value));
        }

        var known = labels.AsSpan(0, count);
        return _cells.Find("", known) ?? FindNew(known);
    }

    private InstrumentCell FindNew(ReadOnlySpan<OperationLabel> labels)
    {
        if (_isFull)
        {
            _dropped.Add(DropReason.LabelSets);
            return _other;
        }

        lock (_adding)
        {
            if (_cells.Find("", labels) is { } known)
            {
                return known;
            }

            var set = LabelRules.Labels(labels);
            if (!_sets.TryGetValue(set, out var cell))
            {
                cell = new InstrumentCell(Name, set, Shape, _queue);
                _sets.Add(set, cell);
            }

            _cells.Add("", labels, cell);
            _isFull = _sets.Count >= _maxLabelSets || ++_spellings >= OperationRecorder.SpellingsPerSet * _maxLabelSets;
            return cell;
        }
    }

    private static string? Text(object? value)
    {
        return value switch
        {
            null => null,
            string text => text,
            true => "true",
            false => "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
    }

    private static InstrumentShape ShapeOf(Instrument instrument, MetricKind kind, double factor)
    {
        var help = string.IsNullOrWhiteSpace(instrument.Description)
            ? $"Instrument {instrument.Name} of meter {instrument.Meter.Name}."
            : instrument.Description;
        var isWhole = factor == 1 && InstrumentKinds.IsWhole(instrument);
        var bounds = kind == MetricKind.Histogram ? InstrumentKinds.Bounds(instrument, factor) : ImmutableArray<double>.Empty;
        return new InstrumentShape(Line(help), isWhole, bounds);
    }

    private static string Line(string help)
    {
        return StoredText.Clean(help, LabelRules.MaxLength).Replace('\n', ' ').Replace('\r', ' ').Replace('\\', '/').Replace('"', '\'');
    }
}
