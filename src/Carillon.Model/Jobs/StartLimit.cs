namespace Carillon.Model;

/// <summary>At most so many starts in any stretch of time of a length. What is more waits, with cause limit.</summary>
public sealed record StartLimit
{
    /// <summary>The most starts that can be asked for: the instant of each is remembered.</summary>
    public const int MaxStarts = 1_000;

    /// <summary>The shortest stretch.</summary>
    public static readonly TimeSpan MinPer = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest stretch.</summary>
    public static readonly TimeSpan MaxPer = TimeSpan.FromDays(1);

    /// <summary>How many; 1 to 1,000. Required.</summary>
    public int Starts { get; init; }

    /// <summary>In how long; 1 ms to 1 day. Required.</summary>
    public TimeSpan Per { get; init; }
}
