using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>What a node recorded: the most frequent of all large messages.</summary>
internal sealed class SeriesDeltasConverter : StateConverter<IReadOnlyList<SeriesDelta>>
{
    protected override IReadOnlyList<SeriesDelta> Read(ref StateReader state)
    {
        var deltas = new List<SeriesDelta>();
        for (var left = state.Items(); left > 0; left--)
        {
            deltas.Add(ReadDelta(ref state));
        }

        return deltas;
    }

    protected override void Write(StateWriter state, IReadOnlyList<SeriesDelta> value)
    {
        state.Number(value.Count);
        foreach (var delta in value)
        {
            state.Number((long)delta.Name.Kind);
            state.Text(delta.Name.Name);
            delta.Labels.Write(state);
            state.Flag(delta.Operation is not null);
            delta.Operation?.Write(state);
            delta.Shape?.Write(state);
            delta.Instrument?.Write(state);
        }
    }

    private static SeriesDelta ReadDelta(ref StateReader state)
    {
        var name = new SeriesName((MetricKind)state.Number(), state.Text());
        var labels = LabelSet.Read(ref state);
        if (state.Flag())
        {
            return new SeriesDelta(name, labels, OperationTotals.Read(ref state));
        }

        var shape = InstrumentShape.Read(ref state);
        return new SeriesDelta(name, labels, shape, InstrumentTotals.Read(ref state, shape));
    }
}
