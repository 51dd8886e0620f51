namespace Carillon.Model.Tests.Jobs;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Policy = new() { Attempts = 100, WaitMin = TimeSpan.FromSeconds(1), WaitMax = TimeSpan.FromSeconds(30) };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(100, 30)]
    public void Exponential_wait_doubles_up_to_the_largest(int retry, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Policy.WaitBefore(retry, chance: 0.5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Fixed_wait_never_grows(int retry)
    {
        Assert.Equal(TimeSpan.FromSeconds(1), (Policy with { Strategy = RetryStrategy.Fixed }).WaitBefore(retry, chance: 0.9));
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.5, 15.5)]
    [InlineData(0.999, 29.971)]
    public void Random_wait_lies_between_the_bounds(double chance, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), (Policy with { Strategy = RetryStrategy.Random }).WaitBefore(1, chance));
    }

    [Fact]
    public void Wait_of_nothing_stays_nothing()
    {
        Assert.Equal(TimeSpan.Zero, (Policy with { WaitMin = TimeSpan.Zero }).WaitBefore(50, chance: 0));
    }

    [Theory]
    [InlineData(new string[0], new string[0], true)]
    [InlineData(new[] { "timeout" }, new string[0], false)]
    [InlineData(new[] { "timeout", "System.IO.IOException" }, new string[0], true)]
    [InlineData(new[] { "System.IO.*" }, new string[0], true)]
    [InlineData(new[] { "system.io.*" }, new string[0], false)]
    [InlineData(new[] { "*" }, new[] { "System.IO.IOException" }, false)]
    [InlineData(new string[0], new[] { "System.IO" }, true)]
    [InlineData(new string[0], new[] { "System.IO*" }, false)]
    public void Error_is_worth_another_attempt_where_only_names_it_and_except_does_not(string[] only, string[] except, bool isWorth)
    {
        Assert.Equal(isWorth, (Policy with { Only = only, Except = except }).Allows("System.IO.IOException"));
    }
}
