namespace Carillon.Cluster;

/// <summary>How long a lane waits before it connects again: not at all, then 50 ms, doubling to 1 s, half of it by chance.</summary>
internal sealed class LaneBackoff(Random random)
{
    private const double Shortest = 50;
    private const double Longest = 1_000;
    private int _failures;

    /// <summary>The wait after one more failure.</summary>
    public TimeSpan Next()
    {
        if (_failures++ == 0)
        {
            return TimeSpan.Zero;
        }

        var milliseconds = Math.Min(Longest, Shortest * Math.Pow(2, Math.Min(_failures - 2, 10)));
        return TimeSpan.FromMilliseconds(milliseconds * (0.5 + (0.5 * random.NextDouble())));
    }

    /// <summary>It works.</summary>
    public void Reset()
    {
        _failures = 0;
    }
}
