using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web.Tests.Executions;

public sealed class ExecutionDocumentTests
{
    private static readonly Guid Node = Guid.NewGuid();

    [Fact]
    public void Execution_that_waits_for_its_retry_is_pending_and_has_no_outcome_yet()
    {
        var document = Of(
            Finished(1, Outcome.Failed, final: false), Attempt(2) with { DueAt = Some.Time.AddMinutes(1) });

        Assert.Equal((ExecutionStatus.Pending, null, null), (document.Status, document.Outcome, document.FinishedAt));
        Assert.Equal([Outcome.Failed, null], document.Attempts.Select(static a => a.Outcome));
    }

    [Theory]
    [InlineData(Outcome.Succeeded, ExecutionStatus.Succeeded)]
    [InlineData(Outcome.Failed, ExecutionStatus.Failed)]
    [InlineData(Outcome.TimedOut, ExecutionStatus.TimedOut)]
    [InlineData(Outcome.Cancelled, ExecutionStatus.Cancelled)]
    [InlineData(Outcome.Lost, ExecutionStatus.Lost)]
    public void Execution_that_ended_stands_as_its_last_attempt(Outcome outcome, ExecutionStatus status)
    {
        var document = Of(Finished(1, Outcome.Failed, final: false), Finished(2, outcome, final: true));

        Assert.Equal((status, outcome), (document.Status, document.Outcome));
        Assert.Equal(Some.Time.AddSeconds(3), document.FinishedAt);
    }

    [Fact]
    public void Durations_are_milliseconds_with_the_microseconds_as_fraction()
    {
        var attempt = Assert.Single(Of(Finished(1, Outcome.Succeeded, final: true)).Attempts);

        Assert.Equal(1.234, attempt.DurationMs);
        Assert.Equal(2_000, attempt.WaitMs);
        Assert.Equal("a", attempt.Node);
    }

    [Fact]
    public void Node_that_nobody_knows_any_more_is_named_by_its_incarnation()
    {
        var other = Guid.NewGuid();
        var document = Of(Finished(1, Outcome.Succeeded, final: true) with { Node = other });

        Assert.Equal(other.ToString(), document.Node);
    }

    private static ExecutionDocument Of(params IReadOnlyList<Attempt> attempts)
    {
        var names = new Dictionary<Guid, string> { [Node] = "a" };
        return new ExecutionDocument(new Execution("job", Some.Time, attempts, names), isFull: true);
    }

    private static Attempt Attempt(int number)
    {
        return new Attempt
        {
            Key = new AttemptKey("job", Some.Time, number),
            Shard = 0,
            DueAt = Some.Time,
            PlannedNo = number,
        };
    }

    private static Attempt Finished(int number, Outcome outcome, bool final)
    {
        return Attempt(number) with
        {
            StartedNo = number,
            Epoch = 1,
            Node = Node,
            StartedAt = Some.Time.AddSeconds(2),
            FinishedNo = number + 10,
            FinishedAt = Some.Time.AddSeconds(3),
            Result = new AttemptResult { Outcome = outcome, Final = final, DurationMicroseconds = 1_234 },
        };
    }
}
