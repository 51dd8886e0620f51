namespace Carillon.Actors;

/// <summary>The legal life of an actor, in one table.</summary>
internal static class ActorPhases
{
    internal static bool CanMove(ActorPhase from, ActorPhase to)
    {
        return to switch
        {
            ActorPhase.Starting => from is ActorPhase.Down,
            ActorPhase.Running => from is ActorPhase.Starting or ActorPhase.Failed,
            ActorPhase.Failed => from is ActorPhase.Starting or ActorPhase.Running,
            ActorPhase.Restarting => from is ActorPhase.Failed,
            ActorPhase.Down => from is ActorPhase.Restarting,
            ActorPhase.Stopping => from is not (ActorPhase.Stopping or ActorPhase.Stopped),
            ActorPhase.Stopped => from is ActorPhase.Stopping,
            _ => false,
        };
    }
}
