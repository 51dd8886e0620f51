namespace Carillon.Scheduling;

/// <summary>Why occurrences did not run, as recorded with their stretch.</summary>
public static class SkipReasons
{
    /// <summary>Skipped: the job is not enabled.</summary>
    public const string Disabled = "disabled";

    /// <summary>Skipped: the job, or the whole scheduler, is paused.</summary>
    public const string Paused = "paused";

    /// <summary>Skipped: another execution was open, and the job's overlap is skip.</summary>
    public const string Overlap = "overlap";

    /// <summary>Skipped: a later one was due before it could start, and the job's overlap is cancel-previous.</summary>
    public const string Replaced = "replaced";

    /// <summary>Misfired: it could not start within its grace.</summary>
    public const string Grace = "grace";

    /// <summary>
    /// More than <see cref="OccurrencePlanner.MaxBacklog"/> were due and waiting, and it was not of the newest: misfired when it was later
    /// than its grace, else skipped.
    /// </summary>
    public const string Backlog = "backlog";

    /// <summary>Skipped: it was due and waiting when the schedule of its job was changed.</summary>
    public const string Rescheduled = "rescheduled";
}
