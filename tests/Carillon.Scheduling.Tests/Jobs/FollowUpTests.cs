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
        Assert.Equal((2, 1, Sample.At(60)), (next!.Key.Attempt, next.Losses, next.DueAt));
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
        Assert.NotNull(Lost(Sample.Attempt(FollowUp.MaxLosses) with { Losses = FollowUp.MaxLosses - 1 }).Next);
        Assert.Null(Lost(Sample.Attempt(FollowUp.MaxLosses + 1) with { Losses = FollowUp.MaxLosses }).Next);
    }

    [Fact]
    public void Losses_leave_the_retries_and_their_waits_as_they_are()
    {
        var afterLosses = Sample.Attempt(4) with { Losses = 3 };

        var (_, first) = Failed(Job, afterLosses, "x");
        var (_, second) = Failed(Job, first!, "x");
        var (_, third) = Failed(Job, second!, "x");

        Assert.Equal((5, 3, Sample.At(64)), (first!.Key.Attempt, first.Losses, first.DueAt));
        Assert.Equal((6, Sample.At(68)), (second!.Key.Attempt, second.DueAt));
        Assert.Null(third);
    }

    [Fact]
    public void Retries_leave_the_budget_of_losses_as_it_is()
    {
        Assert.Equal((4, 1), Lost(Sample.Attempt(3)).Next is { } next ? (next.Key.Attempt, next.Losses) : default);
    }

    [Theory]
    [InlineData("System.IO.IOException", true)]
    [InlineData("System.ArgumentException", false)]
    public void Error_that_is_not_worth_another_attempt_ends_the_execution(string type, bool isRetried)
    {
        var picky = Job with { Retry = Job.Retry with { Only = ["System.IO.*"] } };

        var (result, next) = Failed(picky, Sample.Attempt(), type);

        Assert.Equal((isRetried, !isRetried), (next is not null, result.Final));
    }

    [Theory]
    [InlineData(64.1, Outcome.Failed)]
    [InlineData(64, Outcome.TimedOut)] // the retry could only start when all time is up
    public void Retry_that_could_only_start_too_late_ends_the_execution_as_timed_out(double total, Outcome outcome)
    {
        var bounded = Job with { TotalTimeout = TimeSpan.FromSeconds(total) };

        var (result, next) = Failed(bounded, Sample.Attempt() with { StartedAt = Sample.Noon }, "x");

        Assert.Equal((outcome, outcome == Outcome.Failed), (result.Outcome, next is not null));
        Assert.Equal(outcome == Outcome.Failed ? null : "total_timeout", result.Reason);
        Assert.Equal("x", result.Error?.Type);
        Assert.Equal(outcome == Outcome.Failed ? Sample.Noon : null, next?.FirstStartedAt);
    }

    [Fact]
    public void Attempt_that_was_cancelled_at_its_total_timeout_is_not_tried_again()
    {
        var (result, next) = FollowUp.Decide(Job, Sample.Attempt(), AttemptResults.Cancelled("total_timeout"), Sample.At(60), chance: 0);

        Assert.Equal((Outcome.TimedOut, true), (result.Outcome, result.Final));
        Assert.Null(next);
    }

    private static (AttemptResult Result, Attempt? Next) Lost(Attempt attempt)
    {
        return FollowUp.Decide(Job, attempt, new AttemptResult { Outcome = Outcome.Lost }, Sample.At(60), chance: 0);
    }

    private static (AttemptResult Result, Attempt? Next) Failed(JobDefinition job, Attempt attempt, string type)
    {
        var result = new AttemptResult { Outcome = Outcome.Failed, Error = new AttemptError(type, "it broke") };
        return FollowUp.Decide(job, attempt, result, Sample.At(60), chance: 0);
    }

    private static (AttemptResult Result, Attempt? Next) Decide(JobDefinition job, int attempt, Outcome outcome)
    {
        return FollowUp.Decide(job, Sample.Attempt(attempt), new AttemptResult { Outcome = outcome }, now: Sample.At(60), chance: 0);
    }
}
