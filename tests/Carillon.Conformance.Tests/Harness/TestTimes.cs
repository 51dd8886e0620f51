namespace Carillon.Conformance.Tests;

/// <summary>The instants that tests are written around.</summary>
public static class TestTimes
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset LongAgo = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset FarAhead = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    public static DateTimeOffset At(int seconds)
    {
        return Noon.AddSeconds(seconds);
    }
}
