using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Keeps a <see cref="StartLimit"/>: it remembers the newest starts, as many as are allowed, and no start may come
/// before the oldest of them is as old as the limit's stretch is long.
/// </summary>
internal sealed class StartLimiter
{
    private readonly List<DateTimeOffset> _starts = [];

    /// <summary>Makes a limiter that knows earlier starts, in any order.</summary>
    public StartLimiter(StartLimit limit, IEnumerable<DateTimeOffset> earlier)
    {
        Limit = limit;
        _starts.AddRange(earlier.Order().TakeLast(limit.Starts));
    }

    public StartLimit Limit { get; }

    /// <summary>The newest starts, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Starts => _starts;

    /// <summary>Until when nothing more may start, or null when something may start now.</summary>
    public DateTimeOffset? BlockedUntil(DateTimeOffset now)
    {
        // One that lies ahead was before the clock was set back, and it is not known how long before.
        for (var i = _starts.Count - 1; i >= 0 && _starts[i] > now; i--)
        {
            _starts[i] = now;
        }

        return _starts.Count == Limit.Starts && _starts[0] + Limit.Per is var free && free > now ? free : null;
    }

    public void Add(DateTimeOffset start)
    {
        if (_starts.Count == Limit.Starts)
        {
            _starts.RemoveAt(0);
        }

        _starts.Add(start);
    }

    /// <summary>Takes back what was not used for a start after all.</summary>
    public void Forget(DateTimeOffset start)
    {
        _starts.Remove(start);
    }
}
