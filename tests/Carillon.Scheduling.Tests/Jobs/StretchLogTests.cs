using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class StretchLogTests
{
    private readonly StretchLog _log = new();

    [Fact]
    public void Stretch_grows_in_one_row_that_is_due_ten_minutes_after_its_first_unsaved_occurrence()
    {
        _log.Add(Run(10, 20, 2));
        _log.Add(Run(30, 30, 1));

        Assert.False(_log.HasClosed);
        Assert.Equal(Sample.At(10 + 600), _log.GrowthDueAt);
        Assert.Equal([Run(10, 30, 3)], Taken());
    }

    [Fact]
    public void Saved_stretch_goes_on_as_the_whole_of_it()
    {
        _log.Add(Run(10, 20, 2));
        _log.TakeUnsaved();
        Assert.Null(_log.GrowthDueAt);

        _log.Add(Run(30, 30, 1));

        Assert.Equal(Sample.At(30 + 600), _log.GrowthDueAt);
        Assert.Equal([Run(10, 30, 3)], Taken());
    }

    [Fact]
    public void Other_reason_closes_the_stretch()
    {
        _log.Add(Run(10, 20, 2));
        _log.Add(Run(30, 30, 1, "overlap"));

        Assert.True(_log.HasClosed);
        Assert.Equal([Run(10, 20, 2), Run(30, 30, 1, "overlap")], Taken());
        Assert.False(_log.HasClosed);
    }

    [Fact]
    public void Stretch_after_a_run_is_another_row_although_the_reason_is_the_same()
    {
        _log.Add(Run(10, 20, 2));
        _log.Close();
        _log.Add(Run(40, 40, 1));

        Assert.Equal([Run(10, 20, 2), Run(40, 40, 1)], Taken());
    }

    [Fact]
    public void What_is_saved_is_not_handed_out_again()
    {
        _log.Add(Run(10, 20, 2));
        _log.TakeUnsaved();

        Assert.Empty(_log.TakeUnsaved());
        _log.Close();
        Assert.False(_log.HasClosed);
        Assert.Empty(_log.TakeUnsaved());
    }

    private static OccurrenceRun Run(double from, double to, long count, string reason = "paused")
    {
        return new OccurrenceRun(Sample.JobId, Sample.At(from), Sample.At(to), count, Outcome.Skipped, reason);
    }

    private IEnumerable<OccurrenceRun> Taken()
    {
        return _log.TakeUnsaved().Select(w => w.Run);
    }
}
