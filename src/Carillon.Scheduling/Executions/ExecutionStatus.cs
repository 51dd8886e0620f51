namespace Carillon.Scheduling;

/// <summary>What a person sees of an execution: where its newest attempt stands or how it ended.</summary>
public enum ExecutionStatus
{
    /// <summary>It waits for its due time, a retry or a slot.</summary>
    Pending,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ended well.</summary>
    Succeeded,

    /// <summary>Its last attempt failed.</summary>
    Failed,

    /// <summary>Its last attempt ran longer than its timeout.</summary>
    TimedOut,

    /// <summary>Someone cancelled it.</summary>
    Cancelled,

    /// <summary>Its node died while it ran.</summary>
    Lost,
}
