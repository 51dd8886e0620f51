namespace Carillon.Model;

/// <summary>
/// What a cron schedule or a recurrence rule does with a wall-clock time that its zone skips (clocks go forward) or
/// repeats (clocks go back).
/// </summary>
public enum DstPolicy
{
    /// <summary>
    /// The default. A skipped time runs at the first instant after the gap; a repeated time runs the first time.
    /// </summary>
    Shift = 0,

    /// <summary>A skipped time does not run; a repeated time runs the first time.</summary>
    Skip,

    /// <summary>A skipped time runs at the first instant after the gap; a repeated time runs the first time.</summary>
    First,

    /// <summary>A skipped time runs at the first instant after the gap; a repeated time runs the last time.</summary>
    Last,

    /// <summary>A skipped time runs at the first instant after the gap; a repeated time runs both times.</summary>
    Both,
}
