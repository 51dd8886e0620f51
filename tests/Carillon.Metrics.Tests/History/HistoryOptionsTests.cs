namespace Carillon.Metrics.Tests;

public sealed class HistoryOptionsTests
{
    [Fact]
    public void Options_have_the_defaults_of_the_contract()
    {
        var options = new HistoryOptions();

        Assert.Equal(1_000, options.Window);
        Assert.Equal(500, options.SnapshotEvents);
        Assert.Equal(TimeSpan.FromMinutes(5), options.SnapshotInterval);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_001)]
    public void Window_out_of_bounds_is_refused_with_key_and_bounds(int window)
    {
        var problem = Assert.Throws<ArgumentOutOfRangeException>(() => new HistoryOptions { Window = window }).Message;

        Assert.Contains("metrics.window", problem, StringComparison.Ordinal);
        Assert.Contains("1 to 100000", problem, StringComparison.Ordinal);
        Assert.Contains($"{window}", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_rules_out_of_bounds_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HistoryOptions { SnapshotEvents = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HistoryOptions { SnapshotInterval = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new HistoryOptions { SnapshotInterval = TimeSpan.FromDays(2) });
    }
}
