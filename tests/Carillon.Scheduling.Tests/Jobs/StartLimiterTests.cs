using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class StartLimiterTests
{
    private static readonly StartLimit Limit = new() { Starts = 3, Per = TimeSpan.FromSeconds(10) };

    [Fact]
    public void No_stretch_of_time_holds_more_starts_than_the_limit()
    {
        var random = new Random(5);
        var limiter = new StartLimiter(Limit, []);
        var starts = new List<double>();
        for (var now = 0.0; starts.Count < 1_000; now += random.NextDouble())
        {
            if (limiter.BlockedUntil(Sample.At(now)) is not { } until)
            {
                limiter.Add(Sample.At(now));
                starts.Add(now);
            }
            else
            {
                Assert.Equal(Sample.At(starts[^3] + 10), until, TimeSpan.FromMicroseconds(1));
            }
        }

        Assert.All(starts.Zip(starts.Skip(3)), p => Assert.True(p.Second - p.First >= 10));
        Assert.True(starts[^1] < 4_000, "it lets fewer start than it may");
    }

    [Fact]
    public void Earlier_starts_count_the_newest_first()
    {
        var limiter = new StartLimiter(Limit, [Sample.At(9), Sample.At(1), Sample.At(5), Sample.At(7)]);

        Assert.Equal(Sample.At(15), limiter.BlockedUntil(Sample.At(10)));
        Assert.Null(limiter.BlockedUntil(Sample.At(15)));
    }

    [Fact]
    public void Clock_that_was_set_back_holds_nothing_up_for_longer_than_the_stretch()
    {
        var limiter = new StartLimiter(Limit, [Sample.At(9_001), Sample.At(9_005), Sample.At(9_007)]);

        Assert.Equal(Sample.At(20), limiter.BlockedUntil(Sample.At(10)));
        Assert.Equal(Sample.At(20), limiter.BlockedUntil(Sample.At(15)));
        Assert.Null(limiter.BlockedUntil(Sample.At(20)));
    }

    [Fact]
    public void Start_that_is_taken_back_does_not_count()
    {
        var limiter = new StartLimiter(Limit, [Sample.At(1), Sample.At(5), Sample.At(7)]);

        limiter.Forget(Sample.At(7));

        Assert.Null(limiter.BlockedUntil(Sample.At(8)));
    }
}
