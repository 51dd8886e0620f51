namespace Carillon.Model;

/// <summary>How an occurrence ended. Every planned occurrence ends in exactly one of these.</summary>
public enum Outcome
{
    /// <summary>An attempt returned without an error.</summary>
    Succeeded = 1,

    /// <summary>The last attempt failed.</summary>
    Failed = 2,

    /// <summary>The last attempt ran longer than its timeout.</summary>
    TimedOut = 3,

    /// <summary>Someone cancelled it.</summary>
    Cancelled = 4,

    /// <summary>It did not run, by a rule: overlap, paused, calendar or disabled.</summary>
    Skipped = 5,

    /// <summary>It could not start within its grace, and the misfire policy did not run it.</summary>
    Misfired = 6,

    /// <summary>Its node died while it ran, and its guarantee forbids another attempt.</summary>
    Lost = 7,
}
