using System.Globalization;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>
/// Random lives of clusters. A failure names its seed; the same seed lives the same life. CARILLON_SEEDS gives another
/// number of them, CARILLON_SEED one.
/// </summary>
public sealed class ClusterScenes
{
    private const int Seeds = 200;

    [Fact]
    public void Cluster_keeps_its_promises_through_random_lives()
    {
        if (Number("CARILLON_SEED") is { } only)
        {
            Live(only);
            return;
        }

        for (var seed = 1; seed <= (Number("CARILLON_SEEDS") ?? Seeds); seed++)
        {
            Live(seed);
        }
    }

    [Fact]
    public void Life_of_a_seed_replays_exactly()
    {
        Assert.Equal(Live(3), Live(3));
    }

    private static IReadOnlyList<OutsideStart> Live(int seed)
    {
        var life = new ClusterLife(seed);
        try
        {
            life.Live();
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"seed {seed}: {problem.Message}{Environment.NewLine}{life.Story}", problem);
        }

        Assert.True(life.Pages > 0, $"seed {seed}: no node gave a page");
        return life.Starts;
    }

    private static int? Number(string variable)
    {
        return int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
