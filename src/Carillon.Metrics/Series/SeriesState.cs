using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>One series of a shard: all that was ever merged into it, and what of it belongs to times that have not ended.</summary>
internal sealed class SeriesState
{
    private const byte StateVersion = 1;
    private const int MaxNodes = 100_000;
    private static readonly RollupSpan[] Spans = [RollupSpan.Minute, RollupSpan.Hour];

    private readonly Dictionary<Guid, NodeValue> _nodes = [];
    private readonly OperationPeriod?[] _open = new OperationPeriod?[Spans.Length];
    private OperationPeriod? _lastMinute;
    private OperationTotals? _operation;
    private InstrumentTotals? _instrument;
    private OperationSeries? _operationShown;

    public SeriesState(SeriesName name, LabelSet labels, InstrumentShape? shape, long generation)
    {
        Generation = generation;
        Name = name;
        Labels = labels;
        Shape = shape;
        _operation = shape is null ? new OperationTotals() : null;
        _instrument = shape is null ? null : new InstrumentTotals(shape);
    }

    /// <summary>The generation that the figures belong to.</summary>
    public long Generation { get; private set; }

    public SeriesName Name { get; }

    public LabelSet Labels { get; }

    public InstrumentShape? Shape { get; }

    /// <summary>The calls since the statistics began; null for an instrument.</summary>
    public OperationTotals? Operation => _operation;

    /// <summary>Makes the series that was saved.</summary>
    /// <exception cref="HistoryStateException">The state is of an unknown version, or damaged.</exception>
    public static SeriesState Restore(MetricSeries saved)
    {
        var state = new StateReader(saved.Name, saved.State.Span, StateVersion);
        var generation = state.Number();
        var labels = LabelSet.Read(ref state);
        var shape = state.Flag() ? InstrumentShape.Read(ref state) : null;
        var series = new SeriesState(new SeriesName(saved.Kind, saved.Name), labels, shape, generation);
        if (shape is not null)
        {
            series._instrument = InstrumentTotals.Read(ref state, shape);
            series.ReadNodes(ref state);
        }
        else
        {
            series._operation = OperationTotals.Read(ref state);
            foreach (ref var open in series._open.AsSpan())
            {
                open = state.OptionalInstant() is { } start ? new OperationPeriod(start, OperationTotals.Read(ref state)) : null;
            }
        }

        state.Finish();
        return series;
    }

    /// <summary>The series in its stored form.</summary>
    public MetricSeries Save()
    {
        var state = new StateWriter(StateVersion);
        state.Number(Generation);
        Labels.Write(state);
        state.Flag(Shape is not null);
        if (Shape is not null)
        {
            Shape.Write(state);
            _instrument!.Write(state);
            WriteNodes(state);
        }
        else
        {
            _operation!.Write(state);
            foreach (var open in _open)
            {
                state.Optional(open?.Start);
                open?.Totals.Write(state);
            }
        }

        return new MetricSeries(Name.Kind, Name.Name, Labels.Id, state.Finish());
    }

    /// <summary>Adds a delta.</summary>
    /// <param name="delta">Of this name and labels, or of others that are folded into this one.</param>
    /// <param name="incarnation">The life of the process that recorded it.</param>
    /// <param name="node">The name of its node.</param>
    /// <param name="now">Not before the last time; what has ended by then was taken with <see cref="TakeEnded"/>.</param>
    /// <returns>False for an instrument of another shape: nothing is added.</returns>
    public bool Merge(SeriesDelta delta, Guid incarnation, string node, DateTimeOffset now)
    {
        if (delta.Operation is { } calls)
        {
            _operation!.Add(calls);
            for (var i = 0; i < Spans.Length; i++)
            {
                var open = _open[i] ?? new OperationPeriod(Spans[i].Floor(now), new OperationTotals());
                open.Totals.Add(calls);
                _open[i] = open;
            }

            _operationShown = null;
            return true;
        }

        if (!Shape!.Fits(delta.Shape!))
        {
            return false;
        }

        if (Name.Kind is MetricKind.Gauge or MetricKind.UpDownCounter)
        {
            ForgetNode(node); // an earlier life of the same node
            _nodes[incarnation] = new NodeValue(node, delta.Instrument!.Value);
        }
        else
        {
            _instrument!.Add(delta.Instrument!);
        }

        return true;
    }

    /// <summary>
    /// Begins a later generation: all counts are 0. Minutes and hours stay, and what nodes stand at.
    /// </summary>
    public void Reset(long generation)
    {
        Generation = generation;
        _operation?.Clear();
        _operationShown = null;
        _instrument?.Clear();
    }

    /// <summary>Adds to a counter.</summary>
    public void Add(long count)
    {
        _instrument!.Add(count);
    }

    /// <summary>The minute and the hour that have ended by now; they are handed out once.</summary>
    public IEnumerable<OperationRollup> TakeEnded(DateTimeOffset now)
    {
        for (var i = 0; i < Spans.Length; i++)
        {
            if (_open[i] is { } open && open.Start + Spans[i].Length() <= now)
            {
                _open[i] = null;
                _lastMinute = Spans[i] == RollupSpan.Minute ? open : _lastMinute;
                yield return OperationRollups.Of(Name.Name, Labels, Spans[i], open);
            }
        }
    }

    /// <summary>The minute or hour that has not ended, copied; null when nothing is in it.</summary>
    public OperationPeriod? Open(RollupSpan span)
    {
        return _open[Array.IndexOf(Spans, span)] is { } open ? open with { Totals = OperationRollups.Copy(open.Totals) } : null;
    }

    /// <summary>
    /// The last whole minute and the one that runs. After a change of owner the last whole one is missing.
    /// </summary>
    public OperationTotals Recent(DateTimeOffset now)
    {
        var recent = new OperationTotals();
        var first = RollupSpan.Minute.Floor(now) - RollupSpan.Minute.Length();
        foreach (var minute in (ReadOnlySpan<OperationPeriod?>)[_lastMinute, _open[0]])
        {
            if (minute is not null && minute.Start >= first)
            {
                recent.Add(minute.Totals);
            }
        }

        return recent;
    }

    /// <summary>Forgets what a dead incarnation told. True when there was something.</summary>
    public bool Forget(Guid incarnation)
    {
        return _nodes.Remove(incarnation);
    }

    /// <summary>The calls as a page shows them.</summary>
    public OperationSeries ShowOperation()
    {
        return _operationShown ??= new OperationSeries(
            Name.Name,
            Labels,
            _operation!.Successes,
            [.. _operation.FailuresByType],
            _operation.Retries,
            _operation.Buckets());
    }

    /// <summary>The instrument as a page shows it.</summary>
    public InstrumentSeries ShowInstrument()
    {
        return new InstrumentSeries(Name, Labels, Shape!, _instrument!.Value, _instrument.Counts, [.. _nodes.Values]);
    }

    private void ForgetNode(string node)
    {
        foreach (var (incarnation, value) in _nodes)
        {
            if (string.Equals(value.Node, node, StringComparison.Ordinal))
            {
                _nodes.Remove(incarnation);
                return;
            }
        }
    }

    private void WriteNodes(StateWriter state)
    {
        state.Number(_nodes.Count);
        foreach (var (incarnation, value) in _nodes)
        {
            state.Text(incarnation.ToString("N"));
            state.Text(value.Node);
            state.Number(value.Value);
        }
    }

    private void ReadNodes(ref StateReader state)
    {
        for (var left = state.Count(MaxNodes); left > 0; left--)
        {
            var incarnation = Guid.ParseExact(state.Text(), "N");
            var node = state.Text();
            _nodes[incarnation] = new NodeValue(node, state.Number());
        }
    }
}
