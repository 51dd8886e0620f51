using Carillon.Model;
using Carillon.Scheduling.Tests.Jobs;

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
            open.TraceParent = AttemptSpans.Scheduled(attempt, job, Sample.Noon, Sample.Noon);
            Assert.Null(AttemptSpans.Run(attempt, job, open.TraceParent, TimeProvider.System));
            AttemptSpans.Recorded(open, job, result, Sample.Noon, Sample.Noon);
        }
    }
}
