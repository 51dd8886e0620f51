using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Benchmarks.Folding;

/// <summary>The least that is counted about a job: its books, the newest durations unsorted, and a sketch of all.</summary>
internal sealed class BareFigures(int window)
{
    private readonly long[] _ring = new long[window];
    private readonly DurationSketch _sketch = new();
    private ExecutionCounts _counts;
    private int _next;

    /// <summary>Folds one fact.</summary>
    public void Fold(in ShardEvent fact)
    {
        if (!_counts.Allows(fact.Write))
        {
            throw new InvalidOperationException($"fact {fact.No} does not follow from those before it");
        }

        _counts = _counts.After(fact.Write);
        if (fact.Write is FinishAttempt finish && ExecutionCounts.DurationOf(finish) is { } duration)
        {
            _ring[_next] = duration;
            _next = _next + 1 == _ring.Length ? 0 : _next + 1;
            _sketch.Add(duration);
        }
    }
}
