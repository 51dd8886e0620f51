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
        DateTimeOffset? expected = isCovered ? DateTimeOffset.MaxValue : null;

        Assert.Equal(expected, new BusyPeriod(1, OpenSince: Sample.At(10)).FreeAfter(Sample.At(occurrence)));
    }

    [Theory]
    [InlineData(9.9, null)]
    [InlineData(10, 20)]
    [InlineData(19.9, 20)]
    [InlineData(20, null)] // it had ended
    [InlineData(30, 40)]
    [InlineData(50, null)]
    public void Past_execution_covers_its_own_time(double occurrence, int? end)
    {
        var busy = new BusyPeriod(0, Past: [(Sample.At(10), Sample.At(20)), (Sample.At(30), Sample.At(40))]);

        Assert.Equal(end is { } seconds ? Sample.At(seconds) : null, busy.FreeAfter(Sample.At(occurrence)));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 30)]
    [InlineData(30, 50)]
    [InlineData(50, null)]
    public void Next_begin_is_the_first_one_later(double instant, int? begin)
    {
        var busy = new BusyPeriod(1, OpenSince: Sample.At(50), [(Sample.At(30), Sample.At(40)), (Sample.At(10), Sample.At(20))]);

        Assert.Equal(begin is { } seconds ? Sample.At(seconds) : null, busy.NextBegin(Sample.At(instant)));
    }

    [Fact]
    public void Job_that_never_ran_covers_nothing()
    {
        Assert.Null(default(BusyPeriod).FreeAfter(Sample.At(0)));
        Assert.Null(default(BusyPeriod).NextBegin(Sample.At(0)));
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

        Assert.Equal(hasRoom, new BusyPeriod(open).HasRoom(definition));
    }
}
