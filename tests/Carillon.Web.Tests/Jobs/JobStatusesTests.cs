using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web.Tests.Jobs;

public sealed class JobStatusesTests
{
    [Theory]
    [InlineData(null, 0, 0, "pending")]
    [InlineData(Outcome.Succeeded, 0, 0, "completed")]
    [InlineData(Outcome.Failed, 0, 0, "failed")]
    [InlineData(Outcome.TimedOut, 0, 0, "failed")]
    [InlineData(Outcome.Lost, 0, 0, "failed")]
    [InlineData(Outcome.Cancelled, 0, 0, "cancelled")]
    [InlineData(Outcome.Failed, 1, 0, "pending")]
    [InlineData(Outcome.Failed, 2, 1, "running")]
    [InlineData(null, 1, 1, "running")]
    public void Job_stands_as_its_newest_attempt_and_what_is_open_say(
        Outcome? last, long open, long running, string word)
    {
        var statistics = Some.Statistics("x") with
        {
            LastOutcome = last,
            Counts = new ExecutionCounts { Open = open, Running = running },
        };

        Assert.Equal(word, EnumWords<JobStatus>.Of(JobStatuses.Of(Some.Job("x"), statistics)));
        var paused = Some.Job("x") with { Pause = new Pause("why", "who", Some.Time) };
        Assert.Equal(JobStatus.Paused, JobStatuses.Of(paused, statistics));
        var disabled = Some.Job(Some.Job("x").Definition with { Enabled = false });
        Assert.Equal(JobStatus.Paused, JobStatuses.Of(disabled, statistics));
    }
}
