using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// How late attempts started, by the cause of their longest wait. A cause that never occurred costs nothing.
/// </summary>
internal sealed class StartLags
{
    private static readonly int Causes = Enum.GetValues<WaitCause>().Length;

    private readonly DurationHistogram?[] _byCause = new DurationHistogram?[Causes];

    /// <summary>
    /// The cause and the lag, in microseconds, of the start that a fact tells of; null when it tells of none. A start
    /// before the due time has the lag 0.
    /// </summary>
    public static (WaitCause Cause, long LagMicroseconds)? Observed(ShardWrite write)
    {
        return write switch
        {
            PlanAttempt { Attempt: { StartedAt: { } startedAt } attempt } =>
                (attempt.WaitCause, Between(attempt.DueAt, startedAt)),
            StartAttempt start => (start.WaitCause, Between(start.DueAt, start.StartedAt)),
            _ => null,
        };
    }

    /// <summary>Counts one start.</summary>
    public void Add(WaitCause cause, long lagMicroseconds)
    {
        (_byCause[(int)cause] ??= new DurationHistogram()).Add(lagMicroseconds);
    }

    /// <summary>Counts all that <paramref name="other"/> has counted.</summary>
    public void Add(StartLags other)
    {
        for (var cause = 0; cause < Causes; cause++)
        {
            if (other._byCause[cause] is { } histogram)
            {
                (_byCause[cause] ??= new DurationHistogram()).Add(histogram);
            }
        }
    }

    /// <summary>The counts as they now are, one entry for each cause that occurred.</summary>
    public IEnumerable<StartLag> Values(string category)
    {
        for (var cause = 0; cause < Causes; cause++)
        {
            if (_byCause[cause] is { } histogram)
            {
                yield return new StartLag(category, (WaitCause)cause, histogram.Values());
            }
        }
    }

    /// <summary>Writes the counts in the format that <see cref="Read"/> reads.</summary>
    public void Write(StateWriter state)
    {
        foreach (var histogram in _byCause)
        {
            state.Flag(histogram is not null);
            histogram?.Write(state);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static StartLags Read(ref StateReader state)
    {
        var lags = new StartLags();
        foreach (ref var histogram in lags._byCause.AsSpan())
        {
            histogram = state.Flag() ? DurationHistogram.Read(ref state) : null;
        }

        return lags;
    }

    private static long Between(DateTimeOffset dueAt, DateTimeOffset startedAt)
    {
        return Math.Max(0, Instant.ToMicroseconds(startedAt) - Instant.ToMicroseconds(dueAt));
    }
}
