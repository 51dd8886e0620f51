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

    /// <summary>
    /// The error types that are worth another attempt: full names, or beginnings that end in <c>*</c>. A timeout has the
    /// type <c>timeout</c>, an unexpected status <c>http_status</c>. Default: none named, all types.
    /// </summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The error types that are not, written like <see cref="Only"/>. It wins where both name one. Default: none.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Whether an error of <paramref name="type"/> is worth another attempt.</summary>
    public bool Allows(string type)
    {
        return (Only.Count == 0 || Names(Only, type)) && (Except.Count == 0 || !Names(Except, type));
    }

    /// <summary>The wait before a retry.</summary>
    /// <param name="retry">Which one, from 1. Attempts that follow the death of a node are not retries.</param>
    /// <param name="chance">A number in [0, 1), used by <see cref="RetryStrategy.Random"/> only.</param>
    public TimeSpan WaitBefore(int retry, double chance)
    {
        return Strategy switch
        {
            RetryStrategy.Fixed => WaitMin,
            RetryStrategy.Random => WaitMin + ((WaitMax - WaitMin) * chance),
            _ => Exponential(retry - 1),
        };
    }

    /// <summary>Whether both mean the same; the lists are compared by what they hold.</summary>
    public bool Equals(RetryPolicy? other)
    {
        return other is not null
            && (Attempts, Strategy, WaitMin, WaitMax) == (other.Attempts, other.Strategy, other.WaitMin, other.WaitMax)
            && Only.SequenceEqual(other.Only, StringComparer.Ordinal)
            && Except.SequenceEqual(other.Except, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        return HashCode.Combine(Attempts, Strategy, WaitMin, WaitMax, Only.Count, Except.Count);
    }

    private static bool Names(IReadOnlyList<string> patterns, string type)
    {
        foreach (var pattern in patterns)
        {
            var isNamed = pattern.EndsWith('*')
                ? type.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
                : string.Equals(pattern, type, StringComparison.Ordinal);
            if (isNamed)
            {
                return true;
            }
        }

        return false;
    }

    private TimeSpan Exponential(int doublings)
    {
        var wait = WaitMin.Ticks * Math.Pow(2, doublings);
        return wait >= WaitMax.Ticks ? WaitMax : TimeSpan.FromTicks((long)wait);
    }
}
