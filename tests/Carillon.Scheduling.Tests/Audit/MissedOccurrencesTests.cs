using Carillon.Model;
using Carillon.Scheduling.Tests.Jobs;

namespace Carillon.Scheduling.Tests.Audit;

/// <summary>Which occurrences of a job of 12:00:00, 12:00:10 … nothing tells of.</summary>
public sealed class MissedOccurrencesTests
{
    [Fact]
    public void Every_occurrence_with_an_execution_or_in_a_stretch_is_told_of()
    {
        var occurrences = Between(10, 100);
        var stretches = new[] { Stretch(30, 50), Stretch(70, 70) };

        Assert.Empty(occurrences.Find(Executed(10, 20, 60, 80, 90), stretches));
        Assert.True(occurrences.NeedStretches(Executed(10, 20, 60, 80, 90)));
        Assert.False(occurrences.NeedStretches(Executed(10, 20, 30, 40, 50, 60, 70, 80, 90)));
    }

    [Fact]
    public void Occurrence_between_executions_and_stretches_is_missed()
    {
        Assert.Equal(
            [Sample.At(20), Sample.At(60), Sample.At(90)],
            Between(10, 100).Find(Executed(10, 70, 80), [Stretch(30, 50)]));
    }

    [Theory]
    [InlineData(10, 10, 0)]
    [InlineData(10, 11, 1)]
    [InlineData(11, 20, 0)]
    [InlineData(-30, 11, 1)] // not from before the schedule was set
    [InlineData(0, 10, 0)] // nor at that instant
    public void Time_holds_its_beginning_and_not_its_end(int from, int until, int missed)
    {
        Assert.Equal(missed, Between(from, until).Find(Executed(), []).Count);
    }

    [Fact]
    public void Long_stretch_of_a_dense_job_is_one_step_and_a_loss_is_counted_up_to_a_bound()
    {
        var dense = Sample.EveryTenSeconds(d => d with { Schedule = d.Schedule with { Every = TimeSpan.FromMilliseconds(1) } });
        var occurrences = new MissedOccurrences(dense, dense.Schedule(), Sample.At(1), Sample.At(86_400));

        Assert.Empty(occurrences.Find(Executed(), [Stretch(0, 90_000)]));
        Assert.Equal(MissedOccurrences.MaxCounted, occurrences.Find(Executed(), []).Count);
    }

    [Fact]
    public void Schedule_with_a_calendar_is_in_force_since_the_node_took_the_shard()
    {
        var job = Sample.EveryTenSeconds();
        var excluding = Sample.EveryTenSeconds(d => d with { Schedule = d.Schedule with { Exclude = ["holidays"] } });

        Assert.Equal(Sample.Noon, MissedOccurrences.InForceSince(job, Sample.At(50)));
        Assert.Equal(Sample.At(50), MissedOccurrences.InForceSince(excluding, Sample.At(50)));
        Assert.Equal(Sample.Noon, MissedOccurrences.InForceSince(excluding, Sample.At(-50)));
        Assert.False(MissedOccurrences.CanTell(Sample.TenSecondsAfterEnd()));
    }

    private static MissedOccurrences Between(double from, double until)
    {
        var job = Sample.EveryTenSeconds();
        return new MissedOccurrences(job, job.Schedule(), Sample.At(from), Sample.At(until));
    }

    private static HashSet<DateTimeOffset> Executed(params double[] seconds)
    {
        return [.. seconds.Select(Sample.At)];
    }

    private static OccurrenceRun Stretch(double from, double to)
    {
        return new OccurrenceRun(Sample.JobId, Sample.At(from), Sample.At(to), 1, Outcome.Skipped, "paused");
    }
}
