namespace Carillon.Model;

/// <summary>The legal moves of an attempt.</summary>
public static class AttemptStates
{
    /// <summary>Whether an attempt in <paramref name="from"/> may become <paramref name="to"/>.</summary>
    public static bool CanMove(AttemptState from, AttemptState to)
    {
        return (from, to) switch
        {
            (AttemptState.Waiting, AttemptState.Started) => true,
            (AttemptState.Waiting, AttemptState.Finished) => true, // cancelled or purged before it started
            (AttemptState.Started, AttemptState.Finished) => true,
            _ => false,
        };
    }
}
