namespace Carillon.Model;

/// <summary>What to do with occurrences that could not start within their grace.</summary>
public enum MisfirePolicy
{
    /// <summary>The newest missed occurrence runs; the older ones are recorded as misfired. The default.</summary>
    RunOnce,

    /// <summary>Every missed occurrence runs, oldest first.</summary>
    RunAll,

    /// <summary>None runs; all are recorded as misfired.</summary>
    Skip,
}
