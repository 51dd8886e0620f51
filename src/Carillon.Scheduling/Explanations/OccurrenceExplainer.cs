using System.Globalization;
using Carillon.Model;

namespace Carillon.Scheduling.Explanations;

/// <summary>Decides why an occurrence ran, or did not, or why an instant is none. Pure.</summary>
public static class OccurrenceExplainer
{
    /// <summary>Explains.</summary>
    /// <returns>Null when neither the job nor a record of it is known.</returns>
    public static OccurrenceExplanation? Explain(OccurrenceEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var (execution, stretch) = evidence.Record;
        var due = evidence.Moment?.Due;
        if (execution is not null && (due is null || execution.ScheduledAt <= due))
        {
            return ExecutionWords.Explain(execution, evidence);
        }

        if (due is { } occurrence)
        {
            return Holds(stretch?.Run, occurrence)
                ? Stretched(occurrence, stretch!, evidence.Job)
                : Unrecorded(occurrence, evidence);
        }

        if (stretch is not null && IsBeforeSchedule(evidence))
        {
            return FormerStretch(stretch);
        }

        return evidence.Job is null ? null : NotDue(evidence);
    }

    private static bool Holds(OccurrenceRun? run, DateTimeOffset occurrence)
    {
        return run?.From <= occurrence && occurrence <= run.To;
    }

    private static OccurrenceExplanation Stretched(DateTimeOffset occurrence, RecordedStretch stretch, Job? job)
    {
        var run = stretch.Run;
        var others = run.Count == 1
            ? "it is the only one of its stretch"
            : $"it is one of {Number(run.Count)} in a row from {Utc(run.From)} to {Utc(run.To)}";
        var decision = run.Outcome == Outcome.Misfired ? OccurrenceDecision.Misfired : OccurrenceDecision.Skipped;
        return new OccurrenceExplanation(
            decision, $"It did not run: {SkipWords.Of(run, job)}; {others}.", occurrence, run.Outcome, Stretch: stretch);
    }

    private static OccurrenceExplanation Unrecorded(DateTimeOffset occurrence, OccurrenceEvidence evidence)
    {
        var job = evidence.Job!;
        if (occurrence > evidence.Now)
        {
            var expected = SkipWords.Expected(occurrence, evidence) is { } why ? $"; as things stand it will be skipped: {why}" : string.Empty;
            return Of(OccurrenceDecision.Upcoming, $"It will be due at {Utc(occurrence)}{Note(evidence)}{expected}.", occurrence);
        }

        if (occurrence < evidence.KeptFrom && occurrence >= job.CreatedAt)
        {
            return Of(OccurrenceDecision.Unknown, $"Nothing from before {Utc(evidence.KeptFrom)} is kept (history.retention).", occurrence);
        }

        if (occurrence <= job.ScheduledFrom)
        {
            return BeforeSchedule(job, occurrence);
        }

        if (occurrence <= evidence.DecidedThrough)
        {
            var text = $"It was due at {Utc(occurrence)}, all up to {Utc(evidence.DecidedThrough.Value)} is decided about, and no record of it is left: this is a fault.";
            return Of(OccurrenceDecision.Missed, text, occurrence);
        }

        return SkipWords.Expected(occurrence, evidence) is { } reason
            ? Of(OccurrenceDecision.Skipped, $"It does not run: {reason}; it is recorded with its stretch within ten minutes.", occurrence) with { Outcome = Outcome.Skipped }
            : Of(OccurrenceDecision.Waiting, $"It was due at {Utc(occurrence)} and has not started: {WaitWords.Now(evidence)}.", occurrence) with
            {
                Waits = [new AttemptWait(1, WaitWords.CauseNow(evidence), occurrence, null)],
            };
    }

    private static OccurrenceExplanation FormerStretch(RecordedStretch stretch)
    {
        var run = stretch.Run;
        var text = $"Between {Utc(run.From)} and {Utc(run.To)} {Number(run.Count)} occurrences did not run ({run.Reason}); "
            + "the schedule has changed since, so whether one of them was due at this time is not known.";
        return new OccurrenceExplanation(OccurrenceDecision.Unknown, text, Stretch: stretch);
    }

    private static OccurrenceExplanation BeforeSchedule(Job job, DateTimeOffset instant)
    {
        var text = instant < job.CreatedAt
            ? $"The job did not exist then: it was created at {Utc(job.CreatedAt)}."
            : $"The present schedule counts from {Utc(job.ScheduledFrom)} on, when it was set, and nothing is recorded at this time by the one before.";
        return Of(OccurrenceDecision.NotDue, text, scheduledAt: null);
    }

    private static OccurrenceExplanation NotDue(OccurrenceEvidence evidence)
    {
        var job = evidence.Job!;
        if (evidence.To <= evidence.KeptFrom && evidence.To <= job.ScheduledFrom && evidence.To > job.CreatedAt)
        {
            return Of(OccurrenceDecision.Unknown, $"Nothing from before {Utc(evidence.KeptFrom)} is kept (history.retention).", null);
        }

        if (IsBeforeSchedule(evidence))
        {
            return BeforeSchedule(job, evidence.From);
        }

        if (job.Definition.Schedule is { Cron: null, QuartzCron: null, Rrule: null, Every: null, At: null })
        {
            return Of(OccurrenceDecision.NotDue, "It was not due: the job runs only when triggered, and nothing triggered it then.", null);
        }

        var verb = evidence.From > evidence.Now ? "will not be" : "was not";
        return Of(OccurrenceDecision.NotDue, $"It {verb} due{Note(evidence)}{Neighbours(evidence)}.", null);
    }

    private static bool IsBeforeSchedule(OccurrenceEvidence evidence)
    {
        return evidence.Job is null || evidence.To <= evidence.Job.ScheduledFrom;
    }

    private static string Note(OccurrenceEvidence evidence)
    {
        return evidence.Moment?.Note is { } note ? $": {note}" : string.Empty;
    }

    private static string Neighbours(OccurrenceEvidence evidence)
    {
        var previous = evidence.Moment?.Previous is { } before && before > evidence.Job?.ScheduledFrom ? $"; the one before was {Utc(before)}" : string.Empty;
        var next = evidence.Moment?.Next is { } after ? $"; the next one is {Utc(after)}" : string.Empty;
        return previous + next;
    }

    private static OccurrenceExplanation Of(OccurrenceDecision decision, string reason, DateTimeOffset? scheduledAt)
    {
        return new OccurrenceExplanation(decision, reason, scheduledAt);
    }

    internal static string Utc(DateTimeOffset instant)
    {
        return instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    private static string Number(long number)
    {
        return number.ToString("N0", CultureInfo.InvariantCulture);
    }
}
