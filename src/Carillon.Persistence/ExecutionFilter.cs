using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>What the filters of a list mean for the rows of last attempts.</summary>
internal static class ExecutionFilter
{
    /// <summary>Whether open executions can match.</summary>
    public static bool WantsOpen(ExecutionStatus? status)
    {
        return status is null or ExecutionStatus.Pending or ExecutionStatus.Running;
    }

    /// <summary>Whether finished executions can match.</summary>
    public static bool WantsFinished(ExecutionStatus? status)
    {
        return status is not (ExecutionStatus.Pending or ExecutionStatus.Running);
    }

    /// <summary>
    /// Whether only executions that ended otherwise than well can match; the stores index those apart.
    /// </summary>
    public static bool WantsTrouble(ExecutionStatus? status)
    {
        return OutcomeOf(status) is not (null or Outcome.Succeeded);
    }

    /// <summary>
    /// The outcome that a status of a finished execution stands for; null for all or for an open one.
    /// </summary>
    public static Outcome? OutcomeOf(ExecutionStatus? status)
    {
        return status switch
        {
            ExecutionStatus.Succeeded => Outcome.Succeeded,
            ExecutionStatus.Failed => Outcome.Failed,
            ExecutionStatus.TimedOut => Outcome.TimedOut,
            ExecutionStatus.Cancelled => Outcome.Cancelled,
            ExecutionStatus.Lost => Outcome.Lost,
            _ => null,
        };
    }
}
