namespace Carillon.Hosting.Tests;

public sealed class ThreadReserveTests
{
    [Theory]
    [InlineData(48, 48, 0, 0.0, 48)] // at rest
    [InlineData(48, 48, 32, 0.1, 48)] // every slot blocked: just what the minimum is for
    [InlineData(48, 48, 33, 0.1, 49)] // one more
    [InlineData(48, 48, 96, 0.1, 112)]
    [InlineData(48, 48, 96, 0.9, 48)] // at work, not blocked
    [InlineData(48, 112, 96, 0.9, 112)] // what was raised stays while it is needed
    [InlineData(48, 112, 0, 0.0, 111)] // and falls slowly
    [InlineData(48, 48, 5_000, 0.0, 1_000)]
    [InlineData(2_016, 2_016, 5_000, 0.0, 2_016)] // many slots ask for many threads
    public void Minimum_stays_above_what_is_busy_unless_the_processors_are(int least, int min, int busy, double load, int expected)
    {
        Assert.Equal(expected, ThreadReserve.Wanted(least, min, busy, load));
    }
}
