using System.Collections.Immutable;

namespace Carillon.Metrics;

/// <summary>
/// Any number of durations in little memory: quantiles within 1 % of the order statistic, an exact count, an exact sum,
/// minimum and maximum. Merging is exact, commutative and associative: the sketch of a union is the same whoever
/// counted what. Owned by one writer.
/// </summary>
/// <remarks>
/// Durations are whole microseconds. Below 1 µs they count as zero, above 7 days as 7 days (their number is
/// <see cref="Clamped"/>; the maximum and the sum stay exact). Only buckets that hold something take memory: 10 bytes each.
/// </remarks>
public sealed class DurationSketch
{
    /// <summary>The longest duration told apart, in microseconds: 7 days.</summary>
    public const long MaxMicroseconds = SketchMapping.MaxMicroseconds;

    private const byte StateVersion = 1;
    private const int FirstSize = 4;

    private short[] _indexes = [];
    private long[] _counts = [];
    private int _used;
    private int _latest;

    /// <summary>How many durations were added.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum in microseconds.</summary>
    public long Sum { get; private set; }

    /// <summary>The shortest in microseconds; 0 while the sketch is empty.</summary>
    public long Min { get; private set; }

    /// <summary>The longest in microseconds; 0 while the sketch is empty.</summary>
    public long Max { get; private set; }

    /// <summary>How many were zero.</summary>
    public long Zeros { get; private set; }

    /// <summary>How many were longer than 7 days.</summary>
    public long Clamped { get; private set; }

    /// <summary>The mean in microseconds; 0 while the sketch is empty.</summary>
    public double Average => Count == 0 ? 0 : (double)Sum / Count;

    /// <summary>Adds a duration in microseconds, from 0.</summary>
    public void Add(long microseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(microseconds);
        Min = Count == 0 ? microseconds : Math.Min(Min, microseconds);
        Max = Math.Max(Max, microseconds);
        Count++;
        Sum += microseconds;
        if (microseconds == 0)
        {
            Zeros++;
            return;
        }

        if (microseconds > SketchMapping.MaxMicroseconds)
        {
            Clamped++;
            microseconds = SketchMapping.MaxMicroseconds;
        }

        AddToBucket((short)SketchMapping.IndexOf(microseconds), 1);
    }

    /// <summary>Adds everything that another sketch holds.</summary>
    public void Add(DurationSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0)
        {
            return;
        }

        Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        Count += other.Count;
        Sum += other.Sum;
        Zeros += other.Zeros;
        Clamped += other.Clamped;
        for (var i = 0; i < other._used; i++)
        {
            AddToBucket(other._indexes[i], other._counts[i]);
        }
    }

    /// <summary>
    /// The order statistic at <c>⌊q · (n − 1)⌋</c> in microseconds, within 1 % of its value and never outside
    /// [<see cref="Min"/>, <see cref="Max"/>]; 0 while the sketch is empty.
    /// </summary>
    /// <param name="q">From 0 to 1.</param>
    public double Quantile(double q)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(q);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(q, 1);
        var rank = (long)Math.Floor(q * (Count - 1));
        var below = Zeros;
        if (Count == 0 || rank < below)
        {
            return 0;
        }

        for (var i = 0; i < _used; i++)
        {
            below += _counts[i];
            if (rank < below)
            {
                return Math.Clamp(SketchMapping.Microseconds(_indexes[i]), Min, Max);
            }
        }

        return Max;
    }

    /// <summary>
    /// How many durations lie at or below each bound, within 1 % of the bound; every duration counts for the first
    /// bound not below what its bucket answers.
    /// </summary>
    /// <param name="bounds">In microseconds, growing.</param>
    /// <returns>One count per bound, not cumulative, and one more for what lies above the last.</returns>
    public ImmutableArray<long> CountsBetween(ReadOnlySpan<long> bounds)
    {
        var counts = new long[bounds.Length + 1];
        counts[0] = Zeros;
        for (var i = 0; i < _used; i++)
        {
            var answer = Math.Clamp(SketchMapping.Microseconds(_indexes[i]), Min, Max);
            var bucket = 0;
            while (bucket < bounds.Length && bounds[bucket] < answer)
            {
                bucket++;
            }

            counts[bucket] += _counts[i];
        }

        return ImmutableArray.Create(counts);
    }

    /// <summary>The sketch in its stored form, with its version: at most 6.8 kB with counts below 2^35.</summary>
    public ReadOnlyMemory<byte> Save()
    {
        var state = new StateWriter(StateVersion);
        Write(state);
        return state.Finish();
    }

    /// <summary>Makes the sketch that <see cref="Save"/> wrote.</summary>
    /// <param name="name">Whose sketch it is, for messages.</param>
    /// <param name="bytes">What was saved.</param>
    /// <exception cref="HistoryStateException">The bytes are of an unknown version, or damaged.</exception>
    public static DurationSketch Restore(string name, ReadOnlySpan<byte> bytes)
    {
        var state = new StateReader(name, bytes, StateVersion);
        var sketch = Read(ref state);
        state.Finish();
        return sketch;
    }

    /// <summary>Takes everything out and keeps the memory.</summary>
    internal void Clear()
    {
        (Count, Sum, Min, Max, Zeros, Clamped) = (0, 0, 0, 0, 0, 0);
        _used = 0;
        _latest = 0;
    }

    /// <summary>Writes the sketch in the format that <see cref="Read"/> reads.</summary>
    internal void Write(StateWriter state)
    {
        state.Natural(Count);
        state.Number(Sum);
        state.Natural(Min);
        state.Natural(Max);
        state.Natural(Zeros);
        state.Natural(Clamped);
        state.Natural(_used);
        var next = SketchMapping.First;
        for (var from = 0; from < _used;)
        {
            // Buckets in use lie together: a gap, how many follow each other, and their counts.
            var to = from + 1;
            while (to < _used && _indexes[to] == _indexes[to - 1] + 1)
            {
                to++;
            }

            state.Natural(_indexes[from] - next);
            state.Natural(to - from);
            next = _indexes[to - 1] + 1;
            for (; from < to; from++)
            {
                state.Natural(_counts[from]);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static DurationSketch Read(ref StateReader state)
    {
        var sketch = new DurationSketch
        {
            Count = state.Natural(),
            Sum = state.Number(),
            Min = state.Natural(),
            Max = state.Natural(),
            Zeros = state.Natural(),
            Clamped = state.Natural(),
        };
        var used = state.Natural(SketchMapping.Count);
        sketch._indexes = new short[used];
        sketch._counts = new long[used];
        var next = SketchMapping.First;
        while (sketch._used < used)
        {
            next += state.Natural(SketchMapping.Last - next);
            for (var left = state.Natural(Math.Min(used - sketch._used, SketchMapping.Last - next + 1)); left > 0; left--)
            {
                sketch._indexes[sketch._used] = (short)next++;
                sketch._counts[sketch._used++] = state.Natural();
            }
        }

        return sketch;
    }

    private void AddToBucket(short index, long count)
    {
        // Durations of one job are alike: the bucket used last is the best guess.
        if (_latest >= _used || _indexes[_latest] != index)
        {
            _latest = Position(index);
            if (_latest == _used || _indexes[_latest] != index)
            {
                Insert(_latest, index);
            }
        }

        _counts[_latest] += count;
    }

    private int Position(short index)
    {
        var at = Array.BinarySearch(_indexes, 0, _used, index);
        return at < 0 ? ~at : at;
    }

    private void Insert(int at, short index)
    {
        if (_used == _indexes.Length)
        {
            var size = Math.Max(FirstSize, _used * 2);
            Array.Resize(ref _indexes, size);
            Array.Resize(ref _counts, size);
        }

        Array.Copy(_indexes, at, _indexes, at + 1, _used - at);
        Array.Copy(_counts, at, _counts, at + 1, _used - at);
        _indexes[at] = index;
        _counts[at] = 0;
        _used++;
    }
}
