namespace Carillon.Scheduling;

/// <summary>The legal moves of an open attempt within one term.</summary>
public static class AttemptPhases
{
    /// <summary>Whether an attempt may go from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static bool CanMove(AttemptPhase from, AttemptPhase to)
    {
        return (from, to) switch
        {
            (AttemptPhase.Waiting, AttemptPhase.Queued) => true,
            (AttemptPhase.Queued, AttemptPhase.Starting) => true,
            (AttemptPhase.Queued, AttemptPhase.Waiting) => true, // the slot came when nothing may start any more
            (AttemptPhase.Queued, AttemptPhase.Running) => true, // a recorded start that no worker knows is handed out again
            (AttemptPhase.Running, AttemptPhase.Queued) => true, // the same, on its way to a slot
            (AttemptPhase.Starting, AttemptPhase.Running) => true,
            (AttemptPhase.Waiting or AttemptPhase.Queued or AttemptPhase.Running, AttemptPhase.Ending) => true,
            _ => false,
        };
    }
}
