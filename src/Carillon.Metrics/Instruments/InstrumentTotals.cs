using System.Collections.Immutable;

namespace Carillon.Metrics;

/// <summary>
/// What an instrument has measured: a sum, and for a histogram counts by bucket. Whole numbers, or whole millionths: sums
/// of floating-point numbers depend on their order, and a counter that wobbles reads as a restart. Owned by one writer.
/// </summary>
public sealed class InstrumentTotals
{
    private readonly InstrumentShape _shape;
    private readonly long[] _counts;

    internal InstrumentTotals(InstrumentShape shape)
    {
        _shape = shape;
        _counts = shape.Bounds.IsEmpty ? [] : new long[shape.Bounds.Length + 1];
    }

    /// <summary>The sum of the increments or observations, or the last value; millionths unless whole.</summary>
    public long Value { get; private set; }

    /// <summary>Observations of each bucket alone; empty unless it is a histogram.</summary>
    public ImmutableArray<long> Counts => ImmutableArray.Create(_counts);

    /// <summary>Adds to the sum.</summary>
    internal void Add(long units)
    {
        Value += units;
    }

    /// <summary>Replaces the value.</summary>
    internal void Set(long units)
    {
        Value = units;
    }

    /// <summary>Counts an observation.</summary>
    internal void Observe(double value, long units)
    {
        var at = _shape.Bounds.AsSpan().BinarySearch(value);
        _counts[at < 0 ? ~at : at]++;
        Value += units;
    }

    /// <summary>Adds what another one of the same shape has.</summary>
    internal void Add(InstrumentTotals other)
    {
        Value += other.Value;
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>Sets everything to 0.</summary>
    internal void Clear()
    {
        Value = 0;
        Array.Clear(_counts);
    }

    /// <summary>Writes the figures in the format that <see cref="Read"/> reads.</summary>
    internal void Write(StateWriter state)
    {
        state.Number(Value);
        foreach (var count in _counts)
        {
            state.Number(count);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static InstrumentTotals Read(ref StateReader state, InstrumentShape shape)
    {
        var totals = new InstrumentTotals(shape) { Value = state.Number() };
        foreach (ref var count in totals._counts.AsSpan())
        {
            count = state.Number();
        }

        return totals;
    }
}
