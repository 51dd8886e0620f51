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
            (AttemptPhase.Queued, AttemptPhase.Running) => true, // a recorded start that no worker has is handed out
            (AttemptPhase.Running, AttemptPhase.Waiting) => true, // no worker knows the recorded start
            (AttemptPhase.Starting, AttemptPhase.Running) => true,
            (AttemptPhase.Starting, AttemptPhase.Waiting) => true, // the start was recorded too late for the lease
            (AttemptPhase.Waiting or AttemptPhase.Queued or AttemptPhase.Running, AttemptPhase.Ending) => true,
            _ => false,
        };
    }
}
