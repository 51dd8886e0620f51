using Carillon.Model;

namespace Carillon.Scheduling.Explanations;

/// <summary>Why occurrences do not run, in words.</summary>
internal static class SkipWords
{
    /// <summary>Why those of a recorded stretch did not.</summary>
    public static string Of(OccurrenceRun run, Job? job)
    {
        return run.Reason switch
        {
            SkipReasons.Disabled => "the job was disabled",
            SkipReasons.Paused => "the job, or the whole scheduler, was paused",
            SkipReasons.Overlap => "an earlier execution of the job was open, and overlap is skip",
            SkipReasons.Replaced => "a later one was due before it could start, and overlap is cancel-previous",
            SkipReasons.Grace => $"it could not start within its grace{Grace(job)}, and the misfire policy did not make up for it",
            SkipReasons.Backlog => $"more than {OccurrencePlanner.MaxBacklog} were due and waiting, and the newest {OccurrencePlanner.KeptBacklog} were kept",
            SkipReasons.Rescheduled => "it was waiting when the schedule was changed",
            var word => word,
        };
    }

    /// <summary>Why one that is not decided about would not run as things stand; null when it would.</summary>
    public static string? Expected(DateTimeOffset occurrence, OccurrenceEvidence evidence)
    {
        var job = evidence.Job!;
        if (!job.Definition.Enabled)
        {
            return "the job is disabled";
        }

        if (job.Pause is { } pause && pause.Covers(occurrence, evidence.Now))
        {
            return $"the job is paused by {pause.Author} ({pause.Reason})";
        }

        return evidence.SchedulerPause is { } all && all.Covers(occurrence, evidence.Now)
            ? $"the whole scheduler is paused by {all.Author} ({all.Reason})"
            : null;
    }

    private static string Grace(Job? job)
    {
        return job is null ? string.Empty : $" (now {DurationText.Format(job.Definition.Grace)})";
    }
}
