namespace Carillon.Metrics.Tests;

public sealed class DurationBucketsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1_000, 0)]
    [InlineData(1_001, 1)]
    [InlineData(5_000, 1)]
    [InlineData(1_000_000, 8)]
    [InlineData(1_000_001, 9)]
    [InlineData(86_400_000_000, 18)]
    [InlineData(86_400_000_001, 19)]
    [InlineData(long.MaxValue, 19)]
    public void Duration_falls_into_the_first_bucket_whose_bound_is_not_below_it(long microseconds, int expected)
    {
        Assert.Equal(expected, DurationBuckets.IndexOf(microseconds));
    }

    [Fact]
    public void Bounds_are_those_of_the_contract()
    {
        double[] seconds =
            [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400];

        Assert.Equal(seconds.Select(static s => (long)Math.Round(s * 1_000_000)), DurationBuckets.Bounds);
    }
}
