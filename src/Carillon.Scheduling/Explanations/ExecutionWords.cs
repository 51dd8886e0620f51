using System.Globalization;
using Carillon.Model;

namespace Carillon.Scheduling.Explanations;

/// <summary>The way of a recorded execution, in words.</summary>
internal static class ExecutionWords
{
    /// <summary>A start within this of its due time is on time.</summary>
    private static readonly TimeSpan OnTime = TimeSpan.FromMilliseconds(5);

    public static OccurrenceExplanation Explain(Execution execution, OccurrenceEvidence evidence)
    {
        var last = execution.Attempts[^1];
        var (decision, reason) = last switch
        {
            { State: AttemptState.Started } => (OccurrenceDecision.Running, $"It runs on {Node(execution, last)} since {Utc(last.StartedAt!.Value)}{Late(execution, evidence)}{Attempts(execution)}."),
            { Result: null or { Final: false } } => (OccurrenceDecision.Waiting, Waiting(execution, last, evidence)),
            { Result.Outcome: Outcome.Lost } => (OccurrenceDecision.Lost, $"It started on {Node(execution, last)}{Late(execution, evidence)} and was lost{Attempts(execution)}: {EndReason(last.Result)}."),
            { StartedNo: null } when execution.Attempts.Count == 1 => (OccurrenceDecision.Cancelled, $"It ended before it could start: {EndReason(last.Result)}."),
            _ => (OccurrenceDecision.Ran, Ended(execution, last, evidence)),
        };
        return new OccurrenceExplanation(
            decision, reason, execution.ScheduledAt, last.Result is { Final: true } end ? end.Outcome : null, execution)
        {
            Waits = Waits(execution, evidence),
        };
    }

    private static string Ended(Execution execution, Attempt last, OccurrenceEvidence evidence)
    {
        var result = last.Result!;
        var how = result.Outcome switch
        {
            Outcome.Succeeded => "succeeded",
            Outcome.TimedOut => $"timed out ({EndReason(result)})",
            Outcome.Cancelled => $"was cancelled ({EndReason(result)})",
            _ => $"failed: {EndReason(result)}",
        };
        var first = execution.Attempts[0];
        var began = first.StartedAt is { } started && first.Node is not null ? $"It started on {Node(execution, first)} at {Utc(started)}" : "It started";
        return $"{began}{Late(execution, evidence)} and {how}{Attempts(execution)}.";
    }

    private static string Waiting(Execution execution, Attempt last, OccurrenceEvidence evidence)
    {
        if (last.DueAt > evidence.Now)
        {
            return last.Key.Attempt == 1
                ? $"It was triggered for later: it is due at {Utc(last.DueAt)}."
                : $"Attempt {last.Key.Attempt - 1} {Words(execution.Attempts[^2])}; attempt {last.Key.Attempt} is due at {Utc(last.DueAt)}.";
        }

        return $"Attempt {last.Key.Attempt} waits since {Utc(last.DueAt)}: {WaitWords.Now(evidence)}.";
    }

    private static string Words(Attempt attempt)
    {
        return attempt.Result is { } result ? $"ended ({EndReason(result)})" : "has not ended";
    }

    private static string EndReason(AttemptResult result)
    {
        return (result.Reason, result.Error) switch
        {
            ("worker_died", _) => "its node died",
            (CancelReasons.Timeout, _) => "it ran longer than its timeout",
            (CancelReasons.TotalTimeout, _) => "the execution took longer than its total timeout",
            (CancelReasons.Shutdown, _) => "its node shut down and could not wait for it",
            (CancelReasons.Deleted, _) => "its job was deleted",
            (CancelReasons.Replaced, _) => "a newer execution took its place",
            ({ } reason, _) => reason,
            (null, { } error) => $"{error.Type}: {Line(error.Message)}",
            _ => result.Outcome.ToString().ToLowerInvariant(),
        };
    }

    private static string Late(Execution execution, OccurrenceEvidence evidence)
    {
        var first = execution.Attempts[0];
        return first.StartedAt is not { } started ? string.Empty
            : started - first.DueAt <= OnTime ? ", on time"
            : $", {Seconds(started - first.DueAt)} late because {WaitWords.Because(first.WaitCause, evidence.Job?.Definition.Queue)},";
    }

    private static string Attempts(Execution execution)
    {
        return execution.Attempts.Count == 1 ? string.Empty : $" ({execution.Attempts.Count} attempts)";
    }

    private static List<AttemptWait> Waits(Execution execution, OccurrenceEvidence evidence)
    {
        var waits = new List<AttemptWait>();
        for (var i = 0; i < execution.Attempts.Count; i++)
        {
            var attempt = execution.Attempts[i];
            var (number, isOpen) = (attempt.Key.Attempt, attempt.FinishedNo is null);
            var asked = i == 0 ? execution.ScheduledAt : execution.Attempts[i - 1].FinishedAt ?? attempt.DueAt;
            if (attempt.DueAt > asked)
            {
                DateTimeOffset? until = attempt.DueAt <= evidence.Now ? attempt.DueAt : null;
                waits.Add(new AttemptWait(number, i == 0 ? WaitWords.DueTime : WaitWords.Retry, asked, until));
            }

            if (attempt.StartedAt is { } started && started - attempt.DueAt > TimeSpan.Zero)
            {
                waits.Add(new AttemptWait(number, WaitWords.Of(attempt.WaitCause), attempt.DueAt, started));
            }
            else if (attempt.StartedAt is null && isOpen && attempt.DueAt <= evidence.Now)
            {
                waits.Add(new AttemptWait(number, WaitWords.CauseNow(evidence), attempt.DueAt, null));
            }
        }

        return waits;
    }

    private static string Node(Execution execution, Attempt attempt)
    {
        return attempt.Node is { } node ? execution.NodeNames.GetValueOrDefault(node) ?? node.ToString() : "no node";
    }

    private static string Line(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }

    private static string Seconds(TimeSpan time)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
    }

    private static string Utc(DateTimeOffset instant)
    {
        return OccurrenceExplainer.Utc(instant);
    }
}
