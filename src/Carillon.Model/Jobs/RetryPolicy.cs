namespace Carillon.Model;

/// <summary>Whether and when a failed attempt is followed by another one of the same execution.</summary>
public sealed record RetryPolicy
{
    /// <summary>Attempts after the first. Default: 0, no retry; 0 to 100.</summary>
    public int Attempts { get; init; }

    /// <summary>How the wait grows. Default: <see cref="RetryStrategy.Exponential"/>.</summary>
    public RetryStrategy Strategy { get; init; } = RetryStrategy.Exponential;

    /// <summary>The first, or smallest, wait. Default: 1 s; 0 to 7 days.</summary>
    public TimeSpan WaitMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The largest wait. Default: 5 min; <see cref="WaitMin"/> to 7 days.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait before attempt <paramref name="nextAttempt"/> (2 is the first retry).</summary>
    /// <param name="nextAttempt">The attempt to come, from 2.</param>
    /// <param name="chance">A number in [0, 1), used by <see cref="RetryStrategy.Random"/> only.</param>
    public TimeSpan WaitBefore(int nextAttempt, double chance)
    {
        return Strategy switch
        {
            RetryStrategy.Fixed => WaitMin,
            RetryStrategy.Random => WaitMin + ((WaitMax - WaitMin) * chance),
            _ => Exponential(nextAttempt - 2),
        };
    }

    private TimeSpan Exponential(int doublings)
    {
        var wait = WaitMin.Ticks * Math.Pow(2, doublings);
        return wait >= WaitMax.Ticks ? WaitMax : TimeSpan.FromTicks((long)wait);
    }
}
