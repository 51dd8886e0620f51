using System.Collections.Immutable;

namespace Carillon.Metrics;

/// <summary>The counts of a histogram: none, or one for each bucket.</summary>
internal sealed class HistogramConverter : StateConverter<HistogramValues>
{
    internal static HistogramValues ReadValues(ref StateReader state)
    {
        if (!state.Flag())
        {
            return HistogramValues.Empty;
        }

        var sum = state.Number();
        var counts = ImmutableArray.CreateBuilder<long>(DurationBuckets.Count);
        while (counts.Count < DurationBuckets.Count)
        {
            counts.Add(state.Number());
        }

        return new HistogramValues(counts.MoveToImmutable(), sum);
    }

    internal static void WriteValues(StateWriter state, HistogramValues values)
    {
        state.Flag(!values.Counts.IsEmpty);
        if (values.Counts.IsEmpty)
        {
            return;
        }

        state.Number(values.SumMicroseconds);
        foreach (var count in values.Counts)
        {
            state.Number(count);
        }
    }

    protected override HistogramValues Read(ref StateReader state)
    {
        return ReadValues(ref state);
    }

    protected override void Write(StateWriter state, HistogramValues value)
    {
        WriteValues(state, value);
    }
}
