namespace Carillon.Actors.Tests;

public sealed class RestartBudgetTests
{
    private static readonly SupervisorStrategy Strategy = new()
    {
        MaxRestarts = 5,
        Window = TimeSpan.FromMinutes(1),
        BackoffMin = TimeSpan.FromSeconds(1),
        BackoffMax = TimeSpan.FromSeconds(5),
        BackoffJitter = 0.2,
    };

    [Fact]
    public void Delays_double_up_to_the_maximum()
    {
        var budget = new RestartBudget(Strategy);
        double?[] delays = [.. Enumerable.Range(0, 5).Select(i => budget.TakeRestart(At(i), chance: 0)?.TotalSeconds)];
        Assert.Equal([1, 2, 4, 5, 5], delays);
    }

    [Fact]
    public void Jitter_adds_its_share_by_chance()
    {
        Assert.Equal(1.2, new RestartBudget(Strategy).TakeRestart(At(0), chance: 1)!.Value.TotalSeconds, 6);
        Assert.Equal(1.1, new RestartBudget(Strategy).TakeRestart(At(0), chance: 0.5)!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void Budget_is_used_up_within_a_window_and_new_after_it()
    {
        var budget = new RestartBudget(Strategy);
        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(budget.TakeRestart(At(i), chance: 0));
        }

        Assert.Null(budget.TakeRestart(At(60), chance: 0));
        Assert.NotNull(budget.TakeRestart(At(60.1), chance: 0));
    }

    [Fact]
    public void Zero_restarts_means_never()
    {
        Assert.Null(new RestartBudget(Strategy with { MaxRestarts = 0 }).TakeRestart(At(0), chance: 0));
    }

    [Fact]
    public void Delay_starts_over_after_a_healthy_time()
    {
        var budget = new RestartBudget(Strategy);
        Assert.Equal(At(1), budget.TakeRestart(At(0), chance: 0));
        Assert.Equal(At(2), budget.TakeRestart(At(1), chance: 0));

        // Up again at 3; healthy means 5 seconds from there.
        Assert.Equal(At(4), budget.TakeRestart(At(7.9), chance: 0));
        Assert.Equal(At(1), budget.TakeRestart(At(11.9 + 5), chance: 0));
    }

    [Fact]
    public void Delay_stays_at_the_maximum_after_thousands_of_failures()
    {
        var budget = new RestartBudget(Strategy with { MaxRestarts = int.MaxValue });
        for (var i = 0; i < 5_000; i++)
        {
            budget.TakeRestart(At(0), chance: 0);
        }

        Assert.Equal(Strategy.BackoffMax, budget.TakeRestart(At(0), chance: 0));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
