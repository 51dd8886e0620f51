using System.Globalization;
using Carillon.Testing;
using Xunit.Abstractions;

namespace Carillon.Simulation.Tests;

/// <summary>
/// Random lives of clusters. A failure names its seed; the same seed lives the same life. CARILLON_SEEDS gives other
/// seeds: 10000 is the first ten thousand, 5001-10000 the second half of them, 107-107 one.
/// </summary>
public sealed class ClusterScenes(ITestOutputHelper output)
{
    private const string Seeds = "200";
    private const int SeedsForABug = 1_000;

    /// <summary>So many are worth a line in the documents.</summary>
    private const int Many = 1_000;

    [Fact]
    public void Cluster_keeps_its_promises_through_random_lives()
    {
        var (first, last) = Asked();
        var (pages, starts) = (0, 0);
        Parallel.For(first, last + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var life = Live(seed);
            Interlocked.Add(ref pages, life.Pages);
            Interlocked.Add(ref starts, life.Starts.Count);
        });
        var told = string.Create(
            CultureInfo.InvariantCulture, $"Lives {first:N0} to {last:N0}: {pages:N0} pages, {starts:N0} starts of user code, 0 violations.\n");
        output.WriteLine(told);
        if (last - first >= Many)
        {
            new GeneratedPart("docs/reliability.md", "lives").RewriteIfAsked(told);
        }
    }

    [Theory]
    [InlineData(PlantedBug.NoFence, "appends are not fenced", 10)]
    [InlineData(PlantedBug.EpochReadLate, "the fence compares owners, and not epochs", 34)]
    [InlineData(PlantedBug.ResolvedEarly, "what a node ran is resolved as soon as it is declared dead", 4)]
    [InlineData(PlantedBug.AnsweredBeforeFolding, "a page is answered before what is committed is folded", 1)]
    [InlineData(PlantedBug.ReplayWithoutPlanned, "recovery forgets what was planned", 1)]
    public void Planted_bug_is_found(PlantedBug bug, string words, int known)
    {
        var found = Enumerable.Range(1, SeedsForABug).Prepend(known).FirstOrDefault(seed => IsFound(seed, bug));

        Assert.True(found > 0, $"{bug} was not found in {SeedsForABug} lives");
        Live(found); // without the bug, nothing is wrong in the same life
        output.WriteLine($"{bug} is found by seed {found}");
        Assert.Contains(
            $"| {words} | seed {found} |", File.ReadAllText(Path.Combine(GeneratedPart.RepositoryRoot, "docs", "reliability.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Life_of_a_seed_replays_exactly()
    {
        Assert.Equal(Live(3).Starts, Live(3).Starts);
    }

    private static ClusterLife Live(int seed)
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
        return life;
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

    private static (int First, int Last) Asked()
    {
        var ends = (Environment.GetEnvironmentVariable("CARILLON_SEEDS") ?? Seeds).Split('-');
        var last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
        return (ends.Length > 1 ? int.Parse(ends[0], CultureInfo.InvariantCulture) : 1, last);
    }
}
