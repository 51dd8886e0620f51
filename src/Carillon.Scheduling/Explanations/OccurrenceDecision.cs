namespace Carillon.Scheduling.Explanations;

/// <summary>What was decided about one occurrence, or about an instant that is none.</summary>
public enum OccurrenceDecision
{
    /// <summary>It ran and has ended; its outcome says how.</summary>
    Ran,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is due, or was triggered, and waits.</summary>
    Waiting,

    /// <summary>It ended before it could start.</summary>
    Cancelled,

    /// <summary>It started, its node gave it up, and it is not run again.</summary>
    Lost,

    /// <summary>By a rule it did not run.</summary>
    Skipped,

    /// <summary>It could not start within its grace, and was not made up for.</summary>
    Misfired,

    /// <summary>It was due, later ones have been decided about, and nothing is recorded of it: a fault.</summary>
    Missed,

    /// <summary>It is due in the future.</summary>
    Upcoming,

    /// <summary>It is no occurrence of the job.</summary>
    NotDue,

    /// <summary>Records that could tell are not kept any more, or the schedule has changed since.</summary>
    Unknown,
}
