namespace Carillon.Scheduling;

/// <summary>What became of a command.</summary>
public enum JobReplyStatus
{
    /// <summary>Done and committed.</summary>
    Done,

    /// <summary>There is no job with the id.</summary>
    NotFound,

    /// <summary>It contradicts what is: the job exists already, or is being removed.</summary>
    Conflict,

    /// <summary>The store refused a value.</summary>
    Refused,

    /// <summary>The node is leaving; ask another one, or later.</summary>
    Unavailable,
}
