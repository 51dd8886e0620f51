using System.Globalization;

namespace Carillon.Cluster.Tests.Membership;

public sealed class PlacementTests
{
    private const int Shards = 256;

    [Fact]
    public void Placement_is_the_same_in_every_process_and_version()
    {
        var placement = Placement.Of(["alpha:8000", "beta:8000", "gämma:8000"], 24);

        Assert.Equal("gbaaggaabaagagagaabgbggb", string.Concat(Enumerable.Range(0, 24).Select(shard => placement.OwnerOf(shard)![0])));
    }

    [Fact]
    public void Order_of_the_names_does_not_matter()
    {
        Assert.Equal(Owners(["a", "b", "c"]), Owners(["c", "a", "b"]));
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(2, 148)]
    [InlineData(3, 99)]
    [InlineData(5, 59)]
    [InlineData(16, 19)]
    [InlineData(32, 10)]
    [InlineData(300, 1)]
    public void Node_has_at_most_fifteen_percent_more_than_an_even_share(int nodes, int most)
    {
        var loads = Owners(Names(nodes)).CountBy(static owner => owner!).Select(static load => load.Value).ToArray();

        Assert.Equal(Shards, loads.Sum());
        Assert.True(loads.Max() <= most, $"one of {nodes} nodes has {loads.Max()} shards");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(16)]
    public void Node_that_comes_or_goes_moves_little_more_than_its_own_share(int nodes)
    {
        var before = Owners(Names(nodes));
        var after = Owners(Names(nodes + 1));

        var moved = before.Zip(after).Count(static pair => !string.Equals(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.InRange(moved, 1, 2 * Shards / (nodes + 1));
    }

    [Fact]
    public void Without_nodes_no_shard_has_a_place()
    {
        Assert.Null(Placement.Of([], Shards).OwnerOf(0));
    }

    private static string[] Names(int count)
    {
        return [.. Enumerable.Range(0, count).Select(static n => string.Create(CultureInfo.InvariantCulture, $"host-{n}:8000"))];
    }

    private static string?[] Owners(IEnumerable<string> names)
    {
        var placement = Placement.Of(names, Shards);
        return [.. Enumerable.Range(0, Shards).Select(placement.OwnerOf)];
    }
}
