using Carillon.Model;

namespace Carillon.Scheduling.Tests.Workers;

public sealed class AttemptResultsTests
{
    private static readonly Exception Failure = new InvalidOperationException("no rates today");

    [Theory]
    [InlineData(null, Outcome.Succeeded)]
    [InlineData(CancelReasons.Shutdown, Outcome.Succeeded)] // it ended well all the same
    [InlineData(CancelReasons.Timeout, Outcome.TimedOut)]
    public void Code_that_returned_succeeded_unless_it_took_too_long(string? cancelReason, Outcome expected)
    {
        Assert.Equal(expected, AttemptResults.Returned(cancelReason).Outcome);
    }

    [Fact]
    public void Code_that_threw_failed_with_what_it_threw()
    {
        var result = AttemptResults.Threw(Failure, cancelReason: null, isCancelled: false);

        Assert.Equal((Outcome.Failed, null), (result.Outcome, result.Reason));
        Assert.Equal(("System.InvalidOperationException", "no rates today"), (result.Error?.Type, result.Error?.Message));
    }

    [Fact]
    public void Unexpected_answer_is_a_failure_of_its_own_type()
    {
        var result = AttemptResults.Threw(new RunFailedException("http_status", "the answer was 503"), cancelReason: null, isCancelled: false);

        Assert.Equal((Outcome.Failed, "http_status"), (result.Outcome, result.Error?.Type));
        Assert.Contains("503", result.Error?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CancelReasons.Timeout, Outcome.TimedOut)]
    [InlineData(CancelReasons.Shutdown, Outcome.Lost)]
    [InlineData(CancelReasons.Deleted, Outcome.Cancelled)]
    public void Code_that_obeyed_its_cancellation_ended_for_its_reason(string reason, Outcome expected)
    {
        var result = AttemptResults.Threw(new OperationCanceledException(), reason, isCancelled: true);

        Assert.Equal((expected, reason), (result.Outcome, result.Reason));
    }

    [Theory]
    [InlineData(CancelReasons.Timeout, Outcome.TimedOut)]
    [InlineData(CancelReasons.Shutdown, Outcome.Failed)]
    [InlineData("cancelled by ann", Outcome.Cancelled)]
    public void Other_error_after_a_cancellation_counts_unless_the_time_was_over(string reason, Outcome expected)
    {
        Assert.Equal(expected, AttemptResults.Threw(Failure, reason, isCancelled: true).Outcome);
    }

    [Fact]
    public void Error_of_code_that_was_cancelled_is_kept()
    {
        var result = AttemptResults.Threw(Failure, "cancelled by ann", isCancelled: true);

        Assert.Equal(("cancelled by ann", "no rates today"), (result.Reason, result.Error?.Message));
    }

    [Fact]
    public void Cancellation_that_nobody_asked_for_is_a_failure()
    {
        Assert.Equal(Outcome.Failed, AttemptResults.Threw(new OperationCanceledException(), cancelReason: null, isCancelled: false).Outcome);
    }
}
