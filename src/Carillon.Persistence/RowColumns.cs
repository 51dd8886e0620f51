namespace Carillon.Persistence;

/// <summary>The columns that both stores select, in the order that their readers of rows expect.</summary>
internal static class RowColumns
{
    /// <summary>Those of an attempt, of the row e.</summary>
    public const string Attempt =
        "e.shard, e.job_id, e.scheduled_at, e.attempt, e.trigger_kind, e.planned_no, e.started_no, e.finished_no, "
        + "e.epoch, e.due_at, e.started_at, e.finished_at, e.duration_us, e.outcome, e.final, e.node, e.cause, "
        + "e.reason, e.error_type, e.error_message, e.error_stack, e.payload, "
        + "e.losses, e.first_started_at";

    /// <summary>Those of a job.</summary>
    public const string Job = "shard, definition, version, source, pause_reason, pause_author, pause_at, pause_until, "
        + "created_at, created_no, scheduled_from";

    /// <summary>Those of a node.</summary>
    public const string Node =
        "incarnation, name, advertise, roles, status, beat, lease_until, version, started_at";
}
