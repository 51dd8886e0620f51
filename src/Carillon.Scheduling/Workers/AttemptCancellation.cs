namespace Carillon.Scheduling;

/// <summary>
/// Cancels the token of an attempt, in the pool, for a reason that is given first. It has neither timer nor wait handle.
/// </summary>
internal sealed class AttemptCancellation : CancellationTokenSource, IThreadPoolWorkItem
{
    private volatile string? _reason;

    /// <summary>Why it cancels, or null when it does not.</summary>
    public string? Reason
    {
        get => _reason;
        set => _reason = value;
    }

    void IThreadPoolWorkItem.Execute()
    {
        Cancel();
    }
}
