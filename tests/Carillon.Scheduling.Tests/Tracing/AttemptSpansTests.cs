using System.Diagnostics;
using Carillon.Model;
using Carillon.Scheduling.Tests.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Scheduling.Tests.Tracing;

public sealed class AttemptSpansTests
{
    [Fact]
    public void Spans_cost_nothing_while_nobody_listens()
    {
        var attempt = Sample.Attempt();
        var job = new JobDefinition { Id = attempt.Key.JobId, Run = new ClassRun { Class = "test" } };
        var open = new OpenAttempt(attempt, AttemptPhase.Running, Sample.Noon);
        var result = AttemptResults.Returned(null);
        Trace();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Trace();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Trace()
        {
            open.TraceParent = AttemptSpans.Scheduled(attempt, job, Sample.Noon, Sample.Noon, NullLogger.Instance);
            Assert.Null(AttemptSpans.Run(attempt, job, open.TraceParent, TimeProvider.System, NullLogger.Instance));
            AttemptSpans.Recorded(open, job, result, Sample.Noon, Sample.Noon, NullLogger.Instance);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Listener_that_throws_changes_nothing(bool isAtTheStart)
    {
        var attempt = Sample.Attempt();
        var job = new JobDefinition { Id = "watched-by-a-listener-that-throws", Run = new ClassRun { Class = "test" } };
        var (open, result) = (new OpenAttempt(attempt, AttemptPhase.Running, Sample.Noon), AttemptResults.Returned(null));
        var calls = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Carillon",
            Sample = (ref options) => options.Tags?.Any(tag => job.Id.Equals(tag.Value)) == true ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStarted = _ => Throw(isAtTheStart),
            ActivityStopped = _ => Throw(!isAtTheStart),
        };
        ActivitySource.AddActivityListener(listener);
        var before = Activity.Current;

        Assert.Null(AttemptSpans.Scheduled(attempt, job, Sample.Noon, Sample.Noon, NullLogger.Instance));
        Assert.Same(before, Activity.Current);
        AttemptSpans.Recorded(open, job, result, Sample.Noon, Sample.Noon, NullLogger.Instance);
        Assert.Same(before, Activity.Current);
        using (var run = AttemptSpans.Run(attempt, job, null, TimeProvider.System, NullLogger.Instance))
        {
            Assert.Equal(isAtTheStart, run is null);
            if (run is not null)
            {
                AttemptSpans.End(run, result, NullLogger.Instance);
            }
        }

        Assert.Equal(3, calls);

        void Throw(bool doesThrow)
        {
            if (doesThrow)
            {
                calls++;
                throw new InvalidOperationException("a listener threw");
            }
        }
    }
}
