using Carillon.Model;

namespace Carillon.Hosting;

/// <summary>How long a failed attempt waits for the next one.</summary>
public sealed class Backoff
{
    private static readonly TimeSpan DefaultMax = TimeSpan.FromMinutes(5);

    private Backoff(RetryStrategy strategy, TimeSpan min, TimeSpan max)
    {
        Policy = new RetryPolicy { Strategy = strategy, WaitMin = min, WaitMax = max };
    }

    internal RetryPolicy Policy { get; }

    /// <summary>min · 2ⁿ, capped.</summary>
    /// <param name="min">The first wait.</param>
    /// <param name="max">The cap. Default: 5 min, or <paramref name="min"/> where that is longer.</param>
    public static Backoff Exponential(TimeSpan min, TimeSpan? max = null)
    {
        return new Backoff(RetryStrategy.Exponential, min, max ?? (min > DefaultMax ? min : DefaultMax));
    }

    /// <summary>Always the same.</summary>
    public static Backoff Fixed(TimeSpan wait)
    {
        return new Backoff(RetryStrategy.Fixed, wait, wait);
    }

    /// <summary>Evenly spread between two bounds.</summary>
    public static Backoff Random(TimeSpan min, TimeSpan max)
    {
        return new Backoff(RetryStrategy.Random, min, max);
    }
}
