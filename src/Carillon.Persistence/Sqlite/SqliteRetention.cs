using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Deletes expired rows in bounded steps. An execution that is still open keeps all of its attempts.</summary>
internal sealed class SqliteRetention(TimeProvider clock)
{
    public bool DeleteExpired(SqliteSession session, Expiry before, int limit)
    {
        var day = new DateTimeOffset(before.Executions.UtcDateTime.Date, TimeSpan.Zero);
        var left = limit - session.Execute(
            """
            DELETE FROM execution WHERE (scheduled_at, job_id, attempt) IN (
              SELECT e.scheduled_at, e.job_id, e.attempt FROM execution e
              WHERE e.scheduled_at < ?1 AND e.finished_no IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM execution o
                WHERE o.scheduled_at = e.scheduled_at AND o.job_id = e.job_id AND o.finished_no IS NULL)
              ORDER BY e.scheduled_at LIMIT ?2)
            """,
            day, limit);
        left -= session.Execute(
            """
            DELETE FROM trigger_key WHERE (job_id, key) IN (
              SELECT job_id, key FROM trigger_key WHERE expires_at < ?1 LIMIT ?2)
            """,
            clock.Now(), left);
        left -= session.Execute(
            """
            DELETE FROM occurrence_run WHERE (job_id, from_at) IN (
              SELECT job_id, from_at FROM occurrence_run WHERE to_at < ?1 LIMIT ?2)
            """,
            day, left);

        left -= session.Execute(
            """
            DELETE FROM audit_finding WHERE (job_id, scheduled_at, kind, attempt) IN (
              SELECT job_id, scheduled_at, kind, attempt FROM audit_finding WHERE found_at < ?1 LIMIT ?2)
            """,
            day, left);

        // A node that was dead before the oldest execution kept was scheduled has run none of them.
        left -= session.Execute(
            """
            DELETE FROM node WHERE incarnation IN (
              SELECT incarnation FROM node WHERE status = 'dead' AND lease_until < ?1 LIMIT ?2)
            """,
            day, left);
        left -= DeleteRollups(session, RollupSpan.Minute, before.MinuteRollups, left);
        left -= DeleteRollups(session, RollupSpan.Hour, before.HourRollups, left);
        left -= DeleteOperations(session, RollupSpan.Minute, before.MinuteRollups, left);
        left -= DeleteOperations(session, RollupSpan.Hour, before.HourRollups, left);
        return left == 0;
    }

    private static int DeleteOperations(SqliteSession session, RollupSpan span, DateTimeOffset before, int limit)
    {
        return session.Execute(
            """
            DELETE FROM operation_rollup WHERE rowid IN (
              SELECT rowid FROM operation_rollup WHERE span = ?1 AND start_at < ?2 LIMIT ?3)
            """,
            (int)span, before, limit);
    }

    private static int DeleteRollups(SqliteSession session, RollupSpan span, DateTimeOffset before, int limit)
    {
        var table = RowColumns.RollupTable(span);
        return session.Execute(
            $"""
            DELETE FROM {table} WHERE (job_id, start, first_no) IN (
              SELECT job_id, start, first_no FROM {table} WHERE start < ?1 LIMIT ?2)
            """,
            before, limit);
    }
}
