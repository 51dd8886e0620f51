using System.Globalization;
using Carillon.Testing;
using Xunit.Abstractions;

namespace Carillon.Simulation.Tests;

/// <summary>
/// Random lives of clusters. A failure names its seed; the same seed lives the same life. CARILLON_SEEDS gives another
/// number of them, CARILLON_SEED one.
/// </summary>
public sealed class ClusterScenes(ITestOutputHelper output)
{
    private const int Seeds = 200;
    private const int SeedsForABug = 1_000;

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

    [Theory]
    [InlineData(PlantedBug.NoFence, 23)]
    [InlineData(PlantedBug.ResolvedEarly, 410)]
    [InlineData(PlantedBug.AnsweredBeforeFolding, 1)]
    [InlineData(PlantedBug.ReplayWithoutPlanned, 1)]
    public void Planted_bug_is_found(PlantedBug bug, int known)
    {
        var found = Enumerable.Range(1, SeedsForABug).Prepend(known).FirstOrDefault(seed => IsFound(seed, bug));

        Assert.True(found > 0, $"{bug} was not found in {SeedsForABug} lives");
        output.WriteLine($"{bug} is found by seed {found}");
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

    private static bool IsFound(int seed, PlantedBug bug)
    {
        try
        {
            new ClusterLife(seed, bug).Live();
            return false;
        }
#pragma warning disable CA1031 // Whatever breaks under the mistake is what is looked for.
        catch (Exception)
#pragma warning restore CA1031
        {
            return true;
        }
    }

    private static int? Number(string variable)
    {
        return int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
