using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class FollowUpTests
{
    private static readonly JobDefinition Job = Sample.EveryTenSeconds(d => d with
    {
        Retry = new RetryPolicy { Attempts = 2, WaitMin = TimeSpan.FromSeconds(4), WaitMax = TimeSpan.FromMinutes(1) },
    }).Definition;

    [Theory]
    [InlineData(Outcome.Succeeded)]
    [InlineData(Outcome.Cancelled)]
    public void Success_and_cancellation_end_the_execution(Outcome outcome)
    {
        var (result, next) = Decide(Job, attempt: 1, outcome);

        Assert.True(result.Final);
        Assert.Null(next);
    }

    [Theory]
    [InlineData(Outcome.Failed, 1, 4)]
    [InlineData(Outcome.Failed, 2, 8)]
    [InlineData(Outcome.TimedOut, 1, 4)]
    public void Failure_is_followed_by_another_attempt_after_its_wait(Outcome outcome, int attempt, int seconds)
    {
        var (result, next) = Decide(Job, attempt, outcome);

        Assert.Equal((outcome, false), (result.Outcome, result.Final));
        Assert.Equal(
            Sample.Attempt(attempt + 1) with { DueAt = Sample.At(60 + seconds) },
            next);
    }

    [Theory]
    [InlineData(Outcome.Failed)]
    [InlineData(Outcome.TimedOut)]
    public void Last_failure_ends_the_execution(Outcome outcome)
    {
        var (result, next) = Decide(Job, attempt: 3, outcome);

        Assert.Equal((outcome, true), (result.Outcome, result.Final));
        Assert.Null(next);
    }

    [Fact]
    public void Next_attempt_is_due_in_whole_microseconds()
    {
        var random = Job with { Retry = Job.Retry with { Strategy = RetryStrategy.Random } };

        var (_, next) = FollowUp.Decide(random, Sample.Attempt(), new AttemptResult { Outcome = Outcome.Failed }, Sample.At(60), chance: 1 / 3.0);

        Assert.Equal(Instant.Truncate(next!.DueAt), next.DueAt);
        Assert.InRange(next.DueAt, Sample.At(64), Sample.At(120));
    }

    [Fact]
    public void Attempt_whose_node_died_is_run_again_at_once()
    {
        var (result, next) = Decide(Job, attempt: 1, Outcome.Lost);

        Assert.False(result.Final);
        Assert.Equal((2, Sample.At(60)), (next!.Key.Attempt, next.DueAt));
    }

    [Fact]
    public void Attempt_whose_node_died_is_lost_where_it_may_run_at_most_once()
    {
        var (result, next) = Decide(Job with { Guarantee = Guarantee.AtMostOnce }, attempt: 1, Outcome.Lost);

        Assert.Equal((Outcome.Lost, true), (result.Outcome, result.Final));
        Assert.Null(next);
    }

    [Fact]
    public void Execution_that_keeps_killing_its_nodes_is_lost_in_the_end()
    {
        var noRetry = Job with { Retry = new RetryPolicy() };

        Assert.NotNull(Decide(noRetry, attempt: FollowUp.MaxLosses, Outcome.Lost).Next);
        Assert.Null(Decide(noRetry, attempt: FollowUp.MaxLosses + 1, Outcome.Lost).Next);
    }

    private static (AttemptResult Result, Attempt? Next) Decide(JobDefinition job, int attempt, Outcome outcome)
    {
        return FollowUp.Decide(job, Sample.Attempt(attempt), new AttemptResult { Outcome = outcome }, now: Sample.At(60), chance: 0);
    }
}
