namespace Carillon.Actors.Tests;

public sealed class ActorPhasesTests
{
    [Fact]
    public void Life_of_an_actor_has_exactly_these_moves()
    {
        var phases = Enum.GetValues<ActorPhase>();
        string[] moves =
        [
            .. phases
                .SelectMany(from => phases.Where(to => ActorPhases.CanMove(from, to)).Select(to => $"{from} -> {to}"))
                .Order(StringComparer.Ordinal),
        ];

        string[] expected =
            [
                "Down -> Starting",
                "Down -> Stopping",
                "Failed -> Restarting",
                "Failed -> Running",
                "Failed -> Stopping",
                "Restarting -> Down",
                "Restarting -> Stopping",
                "Running -> Failed",
                "Running -> Stopping",
                "Starting -> Failed",
                "Starting -> Running",
                "Starting -> Stopping",
                "Stopping -> Stopped",
            ];
        Assert.Equal(expected, moves);
    }
}
