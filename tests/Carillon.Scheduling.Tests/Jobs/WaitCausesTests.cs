using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class WaitCausesTests
{
    [Theory]
    [InlineData(-60, 10, 10.005, WaitCause.None)] // due at 10, started 5 ms later
    [InlineData(-60, 10, 10.006, WaitCause.Queue)]
    [InlineData(-60, 10, 13, WaitCause.Queue)]
    [InlineData(-60, 13, 14, WaitCause.Limit)] // another run of the job held it back for longer
    [InlineData(-60, 12, 14, WaitCause.Queue)] // as long for the one as for the other
    [InlineData(15, 15, 16, WaitCause.Failover)] // its shard came 5 s after it was due
    [InlineData(12, 12, 20, WaitCause.Queue)]
    [InlineData(12, 19, 20, WaitCause.Limit)]
    public void Longest_wait_is_the_cause(double activatedAt, double slotRequestedAt, double startedAt, WaitCause expected)
    {
        Assert.Equal(expected, WaitCauses.Longest(Sample.At(10), Sample.At(activatedAt), Sample.At(slotRequestedAt), Sample.At(startedAt)));
    }
}
