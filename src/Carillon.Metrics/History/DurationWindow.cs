namespace Carillon.Metrics;

/// <summary>
/// The newest durations of a job: a ring in the order they came, and the same values kept sorted, so that a percentile
/// is a read. Both grow with what they hold; an empty window holds no memory.
/// </summary>
public sealed class DurationWindow
{
    private const int FirstSize = 8;

    private readonly int _capacity;
    private long[] _ring = [];
    private long[] _sorted = [];
    private int _oldest;

    /// <summary>Makes an empty window.</summary>
    /// <param name="capacity">How many durations it keeps, from 1.</param>
    public DurationWindow(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>Makes a window that has seen some durations.</summary>
    /// <param name="capacity">How many durations it keeps, from 1.</param>
    /// <param name="oldestFirst">What it has seen, in microseconds; only the newest are kept.</param>
    public DurationWindow(int capacity, ReadOnlySpan<long> oldestFirst)
        : this(capacity)
    {
        _ring = oldestFirst[Math.Max(0, oldestFirst.Length - capacity)..].ToArray();
        _sorted = [.. _ring];
        Array.Sort(_sorted);
        Count = _ring.Length;
    }

    /// <summary>How many durations it keeps.</summary>
    public int Capacity => _capacity;

    /// <summary>How many durations it holds now.</summary>
    public int Count { get; private set; }

    /// <summary>Everything read from the window at once; zeros while it is empty.</summary>
    public WindowValues Values => Count == 0
        ? default
        : new WindowValues(Count, Percentile(0.50), Percentile(0.95), Percentile(0.99), _sorted[0], _sorted[Count - 1]);

    /// <summary>Adds a duration in microseconds; a full window drops its oldest one.</summary>
    public void Add(long microseconds)
    {
        if (Count < _capacity)
        {
            Append(microseconds);
        }
        else
        {
            ReplaceOldest(microseconds);
        }
    }

    /// <summary>
    /// The percentile by linear interpolation between the two values around <c>k = (n − 1) · p</c>, in microseconds;
    /// 0 while the window is empty.
    /// </summary>
    /// <param name="p">From 0 to 1.</param>
    public double Percentile(double p)
    {
        if (Count == 0)
        {
            return 0;
        }

        var k = (Count - 1) * p;
        var below = (int)k;
        var value = _sorted[below];
        return below + 1 < Count ? value + ((_sorted[below + 1] - value) * (k - below)) : value;
    }

    /// <summary>The durations from the oldest to the newest.</summary>
    public IEnumerable<long> OldestFirst()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return _ring[(_oldest + i) % Count];
        }
    }

    private void Append(long microseconds)
    {
        if (Count == _ring.Length)
        {
            var size = Math.Min(_capacity, Math.Max(FirstSize, Count * 2));
            Array.Resize(ref _ring, size);
            Array.Resize(ref _sorted, size);
        }

        var at = Position(microseconds);
        Array.Copy(_sorted, at, _sorted, at + 1, Count - at);
        _sorted[at] = microseconds;
        _ring[Count++] = microseconds;
    }

    private void ReplaceOldest(long microseconds)
    {
        var from = Position(_ring[_oldest]);
        var to = Position(microseconds);
        if (from < to)
        {
            to--;
            Array.Copy(_sorted, from + 1, _sorted, from, to - from);
        }
        else
        {
            Array.Copy(_sorted, to, _sorted, to + 1, from - to);
        }

        _sorted[to] = microseconds;
        _ring[_oldest] = microseconds;
        _oldest = _oldest + 1 == _capacity ? 0 : _oldest + 1;
    }

    /// <summary>Where a value is in the sorted values, or would be: the first place not below it.</summary>
    private int Position(long value)
    {
        var low = 0;
        var high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_sorted[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
