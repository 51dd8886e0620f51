namespace Carillon.Model.Tests.Jobs;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Policy = new() { Attempts = 100, WaitMin = TimeSpan.FromSeconds(1), WaitMax = TimeSpan.FromSeconds(30) };

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    [InlineData(6, 16)]
    [InlineData(7, 30)]
    [InlineData(101, 30)]
    public void Exponential_wait_doubles_up_to_the_largest(int nextAttempt, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Policy.WaitBefore(nextAttempt, chance: 0.5));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(101)]
    public void Fixed_wait_never_grows(int nextAttempt)
    {
        Assert.Equal(TimeSpan.FromSeconds(1), (Policy with { Strategy = RetryStrategy.Fixed }).WaitBefore(nextAttempt, chance: 0.9));
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.5, 15.5)]
    [InlineData(0.999, 29.971)]
    public void Random_wait_lies_between_the_bounds(double chance, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), (Policy with { Strategy = RetryStrategy.Random }).WaitBefore(2, chance));
    }

    [Fact]
    public void Wait_of_nothing_stays_nothing()
    {
        Assert.Equal(TimeSpan.Zero, (Policy with { WaitMin = TimeSpan.Zero }).WaitBefore(50, chance: 0));
    }
}
