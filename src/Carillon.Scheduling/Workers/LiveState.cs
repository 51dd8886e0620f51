namespace Carillon.Scheduling;

/// <summary>How code that runs stands.</summary>
public enum LiveState
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>Its token is cancelled, and it is given time to end.</summary>
    Cancelling,

    /// <summary>
    /// It ignored its cancellation: its attempt has ended without it, and its slot stays taken until it returns.
    /// </summary>
    Overdue,
}
