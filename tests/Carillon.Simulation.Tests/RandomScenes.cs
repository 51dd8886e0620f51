namespace Carillon.Simulation.Tests;

/// <summary>Random lives. A failure names its seed; the same seed lives the same life.</summary>
public sealed class RandomScenes
{
    private const int Seeds = 300;

    [Fact]
    public void Node_keeps_its_promises_through_three_hundred_random_lives()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            Live(seed);
        }
    }

    [Fact]
    public void Life_of_a_seed_replays_exactly()
    {
        Assert.Equal(Live(7), Live(7));
    }

    private static IReadOnlyList<Testing.OutsideStart> Live(int seed)
    {
        var life = new RandomLife(seed);
        try
        {
            life.Live();
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"seed {seed}: {problem.Message}{Environment.NewLine}{life.Story}", problem);
        }

        return life.Starts;
    }
}
