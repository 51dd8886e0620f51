namespace Carillon.Persistence;

/// <summary>How an update finds the row of an attempt.</summary>
internal static class AttemptRow
{
    /// <summary>
    /// The row e that v names, as a range of one key. The plan is made once, perhaps while the table is empty, when
    /// reading a whole index looks as cheap as probing it; with equalities the planner may do that, because their index
    /// order is good for a merge. A range of rows leaves it nothing but the probe.
    /// </summary>
    public const string Found =
        "(e.scheduled_at, e.job_id, e.attempt) >= (v.scheduled_at, v.job_id, v.attempt)"
        + " AND (e.scheduled_at, e.job_id, e.attempt) <= (v.scheduled_at, v.job_id, v.attempt)";
}
