namespace Carillon.Persistence;

/// <summary>How an update finds the row of an attempt.</summary>
internal static class AttemptRow
{
    /// <summary>
    /// The row e that v names. The plan is made once, perhaps while the table is empty, when reading a whole index
    /// looks as cheap as probing it; with a plain equality on the first column the planner may do that, because the
    /// index order is good for a merge. Membership in an array of one is probed like an equality and leaves it nothing
    /// but the probe.
    /// </summary>
    public const string Found =
        "e.scheduled_at = ANY (ARRAY[v.scheduled_at]) AND e.job_id = v.job_id AND e.attempt = v.attempt";
}
