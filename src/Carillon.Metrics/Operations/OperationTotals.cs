namespace Carillon.Metrics;

/// <summary>
/// What was recorded of an operation with one set of labels: in a second of a node, in a minute, or altogether. Two of
/// them add up exactly, in any order. Owned by one writer.
/// </summary>
public sealed class OperationTotals
{
    /// <summary>The most kinds of failure told apart; further ones count as <see cref="LabelRules.Other"/>.</summary>
    public const int MaxErrorTypes = 20;

    private readonly DurationHistogram _buckets = new();
    private string[] _errorTypes = [];
    private long[] _failures = [];
    private int _errorTypeCount;

    /// <summary>Calls that succeeded.</summary>
    public long Successes { get; private set; }

    /// <summary>Calls that failed.</summary>
    public long Failures { get; private set; }

    /// <summary>Attempts beyond the first.</summary>
    public long Retries { get; private set; }

    /// <summary>The largest attempt that was told with a retry; 0 without one.</summary>
    public int HighestAttempt { get; private set; }

    /// <summary>How long calls took.</summary>
    public DurationSketch Durations { get; private set; } = new();

    /// <summary>Calls whose outcome is known.</summary>
    public long Calls => Successes + Failures;

    /// <summary>Whether nothing was recorded.</summary>
    public bool IsEmpty => Calls == 0 && Retries == 0 && Durations.Count == 0;

    /// <summary>Failures by kind, in the order in which they first came.</summary>
    public IEnumerable<NamedCount> FailuresByType
    {
        get
        {
            for (var i = 0; i < _errorTypeCount; i++)
            {
                yield return new NamedCount(_errorTypes[i], _failures[i]);
            }
        }
    }

    /// <summary>How long calls took, by bucket.</summary>
    public HistogramValues Buckets()
    {
        return _buckets.Values();
    }

    /// <summary>Counts a call that succeeded.</summary>
    public void Succeed()
    {
        Successes++;
    }

    /// <summary>Counts calls that failed.</summary>
    /// <param name="errorType">What went wrong, clean.</param>
    /// <param name="count">How many.</param>
    public void Fail(string errorType, long count = 1)
    {
        Failures += count;
        for (var i = 0; i < _errorTypeCount; i++)
        {
            if (string.Equals(_errorTypes[i], errorType, StringComparison.Ordinal))
            {
                _failures[i] += count;
                return;
            }
        }

        AddErrorType(errorType, count);
    }

    /// <summary>Counts a retry.</summary>
    /// <param name="attempt">Which attempt begins, from 2.</param>
    public void Retry(int attempt)
    {
        Retries++;
        HighestAttempt = Math.Max(HighestAttempt, attempt);
    }

    /// <summary>Counts how long a call took.</summary>
    public void Measure(long microseconds)
    {
        _buckets.Add(microseconds);
        Durations.Add(microseconds);
    }

    /// <summary>Adds what another one has counted.</summary>
    public void Add(OperationTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Successes += other.Successes;
        Retries += other.Retries;
        HighestAttempt = Math.Max(HighestAttempt, other.HighestAttempt);
        for (var i = 0; i < other._errorTypeCount; i++)
        {
            Fail(other._errorTypes[i], other._failures[i]);
        }

        if (other.Durations.Count > 0)
        {
            _buckets.Add(other._buckets);
            Durations.Add(other.Durations);
        }
    }

    /// <summary>Sets everything to 0 and keeps the memory.</summary>
    internal void Clear()
    {
        Successes = 0;
        Failures = 0;
        Retries = 0;
        HighestAttempt = 0;
        _errorTypeCount = 0;
        _buckets.Clear();
        Durations.Clear();
    }

    /// <summary>Writes the figures in the format that <see cref="Read"/> reads.</summary>
    internal void Write(StateWriter state)
    {
        state.Number(Successes);
        state.Number(Retries);
        state.Number(HighestAttempt);
        state.Number(_errorTypeCount);
        for (var i = 0; i < _errorTypeCount; i++)
        {
            state.Text(_errorTypes[i]);
            state.Number(_failures[i]);
        }

        state.Flag(Durations.Count > 0);
        if (Durations.Count > 0)
        {
            _buckets.Write(state);
            Durations.Write(state);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static OperationTotals Read(ref StateReader state)
    {
        var totals = new OperationTotals
        {
            Successes = state.Number(),
            Retries = state.Number(),
            HighestAttempt = state.Count(int.MaxValue),
        };
        for (var left = state.Count(MaxErrorTypes + 1); left > 0; left--)
        {
            var errorType = state.Text();
            totals.Fail(errorType, state.Number());
        }

        if (state.Flag())
        {
            totals._buckets.Restore(ref state);
            totals.Durations = DurationSketch.Read(ref state);
        }

        return totals;
    }

    private void AddErrorType(string errorType, long count)
    {
        if (_errorTypeCount >= MaxErrorTypes && !string.Equals(errorType, LabelRules.Other, StringComparison.Ordinal))
        {
            Failures -= count;
            Fail(LabelRules.Other, count);
            return;
        }

        if (_errorTypeCount == _errorTypes.Length)
        {
            Array.Resize(ref _errorTypes, _errorTypeCount + 4);
            Array.Resize(ref _failures, _errorTypeCount + 4);
        }

        _errorTypes[_errorTypeCount] = errorType;
        _failures[_errorTypeCount++] = count;
    }
}
