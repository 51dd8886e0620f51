using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class BusyPeriodTests
{
    [Theory]
    [InlineData(9.9, false)]
    [InlineData(10, true)]
    [InlineData(1_000, true)]
    public void Open_execution_covers_everything_since_it_began(double occurrence, bool isCovered)
    {
        Assert.Equal(isCovered, new BusyPeriod(1, OpenSince: Sample.At(10), Last: null).Covers(Sample.At(occurrence)));
    }

    [Theory]
    [InlineData(9.9, false)]
    [InlineData(10, true)]
    [InlineData(19.9, true)]
    [InlineData(20, false)] // it had ended
    public void Last_execution_covers_its_own_time(double occurrence, bool isCovered)
    {
        Assert.Equal(isCovered, new BusyPeriod(0, OpenSince: null, Last: (Sample.At(10), Sample.At(20))).Covers(Sample.At(occurrence)));
    }

    [Fact]
    public void Job_that_never_ran_covers_nothing()
    {
        Assert.False(default(BusyPeriod).Covers(Sample.At(0)));
    }

    [Theory]
    [InlineData(OverlapPolicy.Skip, 0, true)]
    [InlineData(OverlapPolicy.Skip, 1, false)]
    [InlineData(OverlapPolicy.Queue, 0, true)]
    [InlineData(OverlapPolicy.Queue, 1, false)]
    [InlineData(OverlapPolicy.Allow, 3, true)]
    [InlineData(OverlapPolicy.Allow, 4, false)]
    public void Room_is_one_or_what_allow_gives(OverlapPolicy overlap, int open, bool hasRoom)
    {
        var definition = Sample.EveryTenSeconds(d => d with { Overlap = overlap, MaxConcurrent = 4 }).Definition;

        Assert.Equal(hasRoom, new BusyPeriod(open, OpenSince: null, Last: null).HasRoom(definition));
    }
}
