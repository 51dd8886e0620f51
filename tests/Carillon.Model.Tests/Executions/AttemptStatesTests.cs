namespace Carillon.Model.Tests.Executions;

public sealed class AttemptStatesTests
{
    [Fact]
    public void Attempt_only_moves_forward()
    {
        var moves = from f in Enum.GetValues<AttemptState>()
                    from t in Enum.GetValues<AttemptState>()
                    where AttemptStates.CanMove(f, t)
                    select (f, t);

        Assert.Equal(
            [
                (AttemptState.Waiting, AttemptState.Started),
                (AttemptState.Waiting, AttemptState.Finished),
                (AttemptState.Started, AttemptState.Finished),
            ],
            moves);
    }
}
