using System.Globalization;

namespace Carillon.Model.Tests.Shards;

public sealed class ShardHashTests
{
    /// <summary>The function is part of the stored data. Other values here mean a new version of it, and a migration.</summary>
    [Theory]
    [InlineData("nightly-report", 256, 52)]
    [InlineData("sync-rates", 256, 182)]
    [InlineData("jobs:eu-west_1.x", 256, 69)]
    [InlineData("a", 256, 206)]
    [InlineData("", 256, 42)]
    [InlineData("nightly-report", 7, 0)]
    [InlineData("sync-rates", 7, 6)]
    [InlineData("a", 1024, 718)]
    public void Name_keeps_its_shard(string name, int shardCount, int shard)
    {
        Assert.Equal(1, ShardHash.Version);
        Assert.Equal(shard, ShardHash.Of(name, shardCount));
    }

    [Fact]
    public void Longest_name_counts_to_its_last_character()
    {
        var longest = new string('z', JobDefinition.MaxIdLength);

        Assert.Equal(31, ShardHash.Of(longest, 256));
        Assert.NotEqual(31, ShardHash.Of(longest[..^1] + "y", 256));
    }

    [Theory]
    [InlineData("D")]
    [InlineData("D5")]
    public void Numbered_names_spread_evenly(string format)
    {
        var perShard = Enumerable.Range(0, 10_000)
            .CountBy(i => ShardHash.Of("job-" + i.ToString(format, CultureInfo.InvariantCulture), 256))
            .Select(c => c.Value)
            .ToArray();

        // 39 each on average; 6 standard deviations are 37.
        Assert.Equal(256, perShard.Length);
        Assert.InRange(perShard.Max(), 40, 39 + 37);
    }
}
