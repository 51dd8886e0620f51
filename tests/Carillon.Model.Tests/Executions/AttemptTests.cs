namespace Carillon.Model.Tests.Executions;

public sealed class AttemptTests
{
    private static readonly Attempt Planned = new()
    {
        Key = new AttemptKey("nightly-report", DateTimeOffset.UnixEpoch, 1),
        Shard = 3,
        DueAt = DateTimeOffset.UnixEpoch,
        PlannedNo = 41,
    };

    [Fact]
    public void State_follows_from_the_numbers()
    {
        var started = Planned with { StartedNo = 42, Epoch = 7 };

        Assert.Equal(AttemptState.Waiting, Planned.State);
        Assert.Equal(AttemptState.Started, started.State);
        Assert.Equal(AttemptState.Finished, (started with { FinishedNo = 43 }).State);
        Assert.Equal(AttemptState.Finished, (Planned with { FinishedNo = 43 }).State);
    }

    [Fact]
    public void Fencing_token_grows_with_every_start_and_every_change_of_owner()
    {
        var first = Planned with { StartedNo = 42, Epoch = 7 };
        var laterInTheTerm = Planned with { StartedNo = 43, Epoch = 7 };
        var nextOwner = Planned with { StartedNo = 1, Epoch = 8 };

        Assert.Equal((7L << 40) + 42, first.FencingToken);
        Assert.True(first.FencingToken < laterInTheTerm.FencingToken, "a later start in the same term");
        Assert.True(laterInTheTerm.FencingToken < nextOwner.FencingToken, "a start under the next owner");
    }

    [Fact]
    public void Attempts_of_one_occurrence_belong_to_one_execution()
    {
        Assert.Equal(Planned.Key.ExecutionId, (Planned.Key with { Attempt = 2 }).ExecutionId);
        Assert.NotEqual(Planned.Key.ExecutionId, (Planned.Key with { JobId = "other" }).ExecutionId);
    }
}
