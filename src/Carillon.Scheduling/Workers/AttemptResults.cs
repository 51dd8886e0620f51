using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Decides how an attempt ended, from what its code did and why it was cancelled, if it was. Pure.</summary>
public static class AttemptResults
{
    private static readonly AttemptResult Succeeded = new() { Outcome = Outcome.Succeeded };

    /// <summary>The code returned without an error.</summary>
    public static AttemptResult Returned(string? cancelReason)
    {
        return IsTimeout(cancelReason)
            ? Cancelled(cancelReason!)
            : Succeeded;
    }

    /// <summary>The code threw.</summary>
    /// <param name="error">What it threw.</param>
    /// <param name="cancelReason">Why its token was cancelled, or null.</param>
    /// <param name="isCancelled">Whether its token was cancelled.</param>
    public static AttemptResult Threw(Exception error, string? cancelReason, bool isCancelled)
    {
        var thrown = error is RunFailedException failed
            ? new AttemptError(failed.Type, failed.Message)
            : AttemptError.From(error);
        if (!isCancelled || cancelReason is null)
        {
            return new AttemptResult { Outcome = Outcome.Failed, Error = thrown };
        }

        var cancelled = Cancelled(cancelReason);
        return error is OperationCanceledException ? cancelled
            : IsGivenUp(cancelReason) ? new AttemptResult { Outcome = Outcome.Failed, Error = thrown }
            : cancelled with { Error = cancelled.Error ?? thrown };
    }

    /// <summary>The code was cancelled; whether it has returned does not matter.</summary>
    public static AttemptResult Cancelled(string reason)
    {
        return reason switch
        {
            CancelReasons.Timeout => new AttemptResult
            {
                Outcome = Outcome.TimedOut,
                Reason = reason,
                Error = new AttemptError("timeout", "it ran longer than its timeout"),
            },

            CancelReasons.TotalTimeout => new AttemptResult
            {
                Outcome = Outcome.TimedOut,
                Reason = reason,
                Error = new AttemptError("timeout", "the execution took longer than its total timeout"),
            },

            // The node gives up an attempt that could have gone on: what follows is decided by the job's guarantee.
            _ when IsGivenUp(reason) => new AttemptResult { Outcome = Outcome.Lost, Reason = reason },
            _ => new AttemptResult { Outcome = Outcome.Cancelled, Reason = reason },
        };
    }

    private static bool IsGivenUp(string reason)
    {
        return reason is CancelReasons.Shutdown or CancelReasons.Restart or CancelReasons.NodeDied or CancelReasons.LeaseLost;
    }

    private static bool IsTimeout(string? cancelReason)
    {
        return cancelReason is CancelReasons.Timeout or CancelReasons.TotalTimeout;
    }
}
