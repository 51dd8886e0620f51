namespace Carillon.Cluster.Tests.Membership;

public sealed class ClusterClockTests
{
    private readonly StepClock _local = new();
    private readonly ClusterClock _clock;

    public ClusterClockTests()
    {
        _clock = new ClusterClock(_local);
    }

    [Fact]
    public void Clock_follows_the_local_one_until_a_skew_is_measured()
    {
        _local.Advance(seconds: 3);

        Assert.Equal(StepClock.Start.AddSeconds(3), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.Skew);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void Skew_is_taken_against_the_midpoint_of_the_round_trip(double seconds)
    {
        var sent = _local.GetTimestamp();
        _local.Advance(seconds: 0.2);
        _clock.Measure(sent, StepClock.Start.AddMilliseconds(100).AddSeconds(seconds));

        Assert.Equal(TimeSpan.FromSeconds(seconds), _clock.Skew);
        Assert.Equal(StepClock.Start.AddMilliseconds(200).AddSeconds(seconds), _clock.GetUtcNow());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(1_200)]
    public void Slow_answer_moves_nothing_that_a_quick_one_has_found(double storeReadAt)
    {
        Measure(milliseconds: 700);
        var sent = _local.GetTimestamp();
        _local.Advance(seconds: 1.2);

        _clock.Measure(sent, StepClock.Start.AddMilliseconds(700 + storeReadAt));

        Assert.Equal(StepClock.Start.AddMilliseconds(700 + 1_200), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMilliseconds(700), _clock.Skew);
    }

    [Fact]
    public void Quick_answer_mends_what_a_slow_one_has_left_open()
    {
        var sent = _local.GetTimestamp();
        _local.Advance(seconds: 1.2);
        _clock.Measure(sent, StepClock.Start.AddMinutes(1));
        Assert.Equal(StepClock.Start.AddMinutes(1).AddMilliseconds(600), _clock.GetUtcNow());

        sent = _local.GetTimestamp();
        _local.Advance(seconds: 0.002);
        _clock.Measure(sent, StepClock.Start.AddMinutes(1).AddMilliseconds(1_201));

        Assert.Equal(StepClock.Start.AddMinutes(1).AddMilliseconds(1_202), _clock.GetUtcNow());
    }

    [Fact]
    public void Clock_follows_the_store_when_it_steps_back()
    {
        Measure(milliseconds: 100);
        Measure(milliseconds: 5);

        Assert.Equal(StepClock.Start.AddMilliseconds(5), _clock.GetUtcNow());
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    public void Step_of_the_wall_clock_moves_nothing_and_is_told(double seconds)
    {
        Measure(milliseconds: 100);
        _local.WallStep = TimeSpan.FromSeconds(seconds);
        Assert.Equal(StepClock.Start.AddMilliseconds(100), _clock.GetUtcNow());

        _clock.Measure(_local.GetTimestamp(), StepClock.Start.AddMilliseconds(100));
        Assert.Equal(StepClock.Start.AddMilliseconds(100), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(0.1 - seconds), _clock.Skew);
    }

    [Fact]
    public void Monotonic_time_is_the_local_one_whatever_the_skew()
    {
        var before = _clock.GetTimestamp();
        Measure(milliseconds: 60_000);
        _local.Advance(seconds: 2);

        Assert.Equal(TimeSpan.FromSeconds(2), _clock.GetElapsedTime(before));
    }

    private void Measure(double milliseconds)
    {
        _clock.Measure(_local.GetTimestamp(), _local.GetUtcNow().AddMilliseconds(milliseconds));
    }
}
