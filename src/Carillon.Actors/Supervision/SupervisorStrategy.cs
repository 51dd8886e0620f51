namespace Carillon.Actors;

/// <summary>
/// How a parent answers the failures of a child. A restart waits min(BackoffMax, BackoffMin·2ⁿ)·(1 +
/// chance·BackoffJitter) where n counts the failures in a row; the row ends when the child has run for BackoffMax
/// without failing.
/// </summary>
public sealed record SupervisorStrategy
{
    /// <summary>Restart always, at most 10 times a minute, after 100 ms to 10 s with up to a fifth more.</summary>
    public static readonly SupervisorStrategy Default = new();

    /// <summary>Decides by the exception, on the parent's turn. What it throws stops the child.</summary>
    public Func<Exception, Directive> Decide { get; init; } = static _ => Directive.Restart;

    /// <summary>Restarts allowed within <see cref="Window"/>; one more stops the child. 0 never restarts.</summary>
    public int MaxRestarts { get; init; } = 10;

    /// <summary>Opens at the first failure and counts until it closes. More than zero.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The first delay. Zero restarts at once, every time.</summary>
    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest delay before jitter. At least <see cref="BackoffMin"/>.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest share added to a delay by chance, 0 to 1.</summary>
    public double BackoffJitter { get; init; } = 0.2;

    internal void Validate()
    {
        Require.That(MaxRestarts >= 0, nameof(MaxRestarts), MaxRestarts, "zero or more");
        Require.That(Window > TimeSpan.Zero, nameof(Window), Window, "more than zero");
        Require.That(BackoffMin >= TimeSpan.Zero, nameof(BackoffMin), BackoffMin, "zero or more");
        Require.That(BackoffMax >= BackoffMin, nameof(BackoffMax), BackoffMax, $"at least BackoffMin, {BackoffMin}");
        Require.That(BackoffJitter is >= 0 and <= 1, nameof(BackoffJitter), BackoffJitter, "from 0 to 1");
    }
}
