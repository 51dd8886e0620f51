using Carillon.Model;
using SQLitePCL;

namespace Carillon.Persistence;

/// <summary>The statements that record one event each.</summary>
internal sealed class SqliteEventWriter(sqlite3 database) : IDisposable
{
    private readonly SqliteStatement _plan = new(
        database,
        """
        INSERT INTO execution (shard, job_id, scheduled_at, attempt, trigger_kind, planned_no, due_at, payload, cause,
          started_no, epoch, started_at, node, losses, first_started_at, trace_parent)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        """);

    private readonly SqliteStatement _start = new(
        database,
        """
        UPDATE execution SET started_no = ?1, epoch = ?2, started_at = ?3, node = ?4, cause = ?5
        WHERE scheduled_at = ?6 AND job_id = ?7 AND attempt = ?8 AND started_no IS NULL AND +finished_no IS NULL
        """);

    private readonly SqliteStatement _finish = new(
        database,
        """
        UPDATE execution SET finished_no = ?1, finished_at = ?2, outcome = ?3, final = ?4, duration_us = ?5,
          reason = ?6, error_type = ?7, error_message = ?8, error_stack = ?9, output = ?10,
          error_fingerprint = ?11
        WHERE scheduled_at = ?12 AND job_id = ?13 AND attempt = ?14 AND +finished_no IS NULL
        """);

    private readonly SqliteStatement _run = new(
        database,
        """
        INSERT INTO occurrence_run (job_id, from_at, to_at, count, outcome, reason, shard, no)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (job_id, from_at) DO UPDATE SET to_at = excluded.to_at, count = excluded.count,
          outcome = excluded.outcome, reason = excluded.reason, shard = excluded.shard, no = excluded.no
        """);

    private readonly SqliteStatement _job = new(
        database,
        """
        INSERT INTO job (id, shard, definition, name, owner, category, queue, version, source, created_at,
          created_no, scheduled_from, pause_reason, pause_author, pause_at, pause_until, shares_series)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        ON CONFLICT (id) DO UPDATE SET definition = excluded.definition, name = excluded.name,
          owner = excluded.owner, category = excluded.category, queue = excluded.queue, version = excluded.version,
          source = excluded.source, created_at = excluded.created_at, scheduled_from = excluded.scheduled_from,
          pause_reason = excluded.pause_reason, pause_author = excluded.pause_author, pause_at = excluded.pause_at,
          pause_until = excluded.pause_until
        """);

    private readonly SqliteStatement _deleteJob = new(database, "DELETE FROM job WHERE id = ?1");
    private readonly SqliteStatement _dropSnapshot = new(database, "DELETE FROM snapshot WHERE shard = ?1 AND job_id = ?2 AND created_no = ?3");
    private readonly SqliteStatement _deleteKeys = new(database, "DELETE FROM trigger_key WHERE job_id = ?1");

    private readonly SqliteStatement _snapshot = new(
        database,
        """
        INSERT INTO snapshot (shard, job_id, created_no, through_no, planned_through, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (shard, job_id, created_no) DO UPDATE SET through_no = excluded.through_no,
          planned_through = excluded.planned_through, state = excluded.state
        """);

    private readonly SqliteStatement _minute = RollupInto(database, RollupSpan.Minute);
    private readonly SqliteStatement _hour = RollupInto(database, RollupSpan.Hour);

    private readonly SqliteStatement _key = new(
        database,
        """
        INSERT INTO trigger_key (job_id, key, shard, scheduled_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (job_id, key) DO UPDATE SET shard = excluded.shard, scheduled_at = excluded.scheduled_at,
          expires_at = excluded.expires_at
        """);

    private readonly SqliteStatement _audit = new(
        database,
        """
        INSERT INTO shard_audit (shard, through, duplicates, missed, last_finding_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (shard) DO UPDATE SET through = excluded.through, duplicates = excluded.duplicates,
          missed = excluded.missed, last_finding_at = excluded.last_finding_at
        """);

    private readonly SqliteStatement _finding = new(
        database,
        """
        INSERT INTO audit_finding (job_id, scheduled_at, kind, attempt, found_at, evidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (job_id, scheduled_at, kind, attempt) DO NOTHING
        """);

    private readonly SqliteMetricWriter _metrics = new(database);

    public void Write(in ShardEvent shardEvent)
    {
        switch (shardEvent.Write)
        {
            case PlanAttempt plan:
                Plan(shardEvent, plan.Attempt);
                break;
            case StartAttempt start:
                Start(shardEvent, start);
                break;
            case FinishAttempt finish:
                Finish(shardEvent, finish.Key, finish.Result);
                break;
            case SaveOccurrenceRun save:
                Save(shardEvent, save.Run);
                break;
            case SaveJob save:
                Save(shardEvent, save.Job);
                break;
            case DeleteJob delete:
                _deleteJob.Bind(delete.Id).Run();
                _deleteKeys.Bind(delete.Id).Run();
                break;
            case SaveTriggerKey save:
                _key.Bind(save.Key.JobId).Bind(save.Key.Key).Bind(shardEvent.Term.Shard)
                    .Bind(save.Key.ScheduledAt).Bind(save.Key.ExpiresAt).Run();
                break;
            default:
                WriteHistory(shardEvent);
                break;
        }
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)
            [_plan, _start, _finish, _run, _job, _deleteJob, _dropSnapshot, _deleteKeys, _snapshot, _minute, _hour, _key, _audit, _finding])
        {
            statement.Dispose();
        }

        _metrics.Dispose();
    }

    /// <summary>Records what is derived from other facts.</summary>
    private void WriteHistory(in ShardEvent shardEvent)
    {
        switch (shardEvent.Write)
        {
            case SaveSnapshot save:
                Save(shardEvent, save.Snapshot);
                break;
            case DropSnapshot drop:
                _dropSnapshot.Bind(shardEvent.Term.Shard).Bind(drop.Id).Bind(drop.CreatedNo).Run();
                break;
            case SaveRollup { Rollup: var rollup }:
                Save(shardEvent, rollup);
                break;
            case SaveAudit save:
                Save(shardEvent, save);
                break;
            default:
                _metrics.Write(shardEvent);
                break;
        }
    }

    private void Plan(in ShardEvent shardEvent, Attempt attempt)
    {
        _plan.Bind(shardEvent.Term.Shard).Bind(attempt.Key.JobId).Bind(attempt.Key.ScheduledAt).Bind(
            attempt.Key.Attempt)
            .Bind((long)attempt.Trigger).Bind(shardEvent.No).Bind(attempt.DueAt).Bind(attempt.Payload)
            .Bind((long)attempt.WaitCause);
        var started = attempt.StartedAt is not null;
        _plan.Bind(started ? shardEvent.No : null).Bind(started ? shardEvent.Term.Epoch : null)
            .Bind(attempt.StartedAt).Bind(started ? attempt.Node : null)
            .Bind(attempt.Losses).Bind(attempt.FirstStartedAt).Bind(attempt.TraceParent).Run();
    }

    private void Start(in ShardEvent shardEvent, StartAttempt start)
    {
        _start.Bind(shardEvent.No).Bind(shardEvent.Term.Epoch).Bind(start.StartedAt).Bind(start.Node).Bind(
            (long)start.WaitCause)
            .Bind(start.Key.ScheduledAt).Bind(start.Key.JobId).Bind(start.Key.Attempt).Run();
    }

    private void Finish(in ShardEvent shardEvent, in AttemptKey key, AttemptResult result)
    {
        _finish.Bind(shardEvent.No).Bind(shardEvent.At).Bind((long)result.Outcome).Bind(result.Final ? 1 : 0)
            .Bind(result.DurationMicroseconds).Bind(result.Reason)
            .Bind(result.Error?.Type).Bind(result.Error?.Message).Bind(result.Error?.Stack).Bind(result.Output)
            .Bind(result.Error is { } error ? ErrorFingerprint.Of(error) : null)
            .Bind(key.ScheduledAt).Bind(key.JobId).Bind(key.Attempt).Run();
    }

    private void Save(in ShardEvent shardEvent, SaveAudit save)
    {
        _audit.Bind(shardEvent.Term.Shard).Bind(save.Audit.Through).Bind(save.Audit.Duplicates).Bind(save.Audit.Missed)
            .Bind(save.Audit.LastFindingAt).Run();
        foreach (var finding in save.Findings)
        {
            _finding.Bind(finding.JobId).Bind(finding.ScheduledAt).Bind((long)finding.Kind).Bind(finding.Attempt)
                .Bind(finding.FoundAt).Bind(finding.Evidence).Run();
        }
    }

    private void Save(in ShardEvent shardEvent, OccurrenceRun run)
    {
        _run.Bind(run.JobId).Bind(run.From).Bind(run.To).Bind(run.Count).Bind((long)run.Outcome).Bind(run.Reason)
            .Bind(shardEvent.Term.Shard).Bind(shardEvent.No).Run();
    }

    private void Save(in ShardEvent shardEvent, Job job)
    {
        var definition = job.Definition;
        _job.Bind(job.Id).Bind(shardEvent.Term.Shard).Bind(StoredJob.Write(definition)).Bind(definition.DisplayName)
            .Bind(definition.Owner).Bind(definition.Category).Bind(definition.Queue).Bind(job.Version)
            .Bind(StoredJob.Write(job.Source)).Bind(job.CreatedAt).Bind(shardEvent.No).Bind(job.ScheduledFrom)
            .Bind(job.Pause?.Reason).Bind(job.Pause?.Author).Bind(job.Pause?.At).Bind(job.Pause?.Until)
            .Bind(job.SharesSeries ? 1 : 0).Run();
    }

    private void Save(in ShardEvent shardEvent, HistorySnapshot snapshot)
    {
        _snapshot.Bind(shardEvent.Term.Shard).Bind(snapshot.JobId).Bind(snapshot.CreatedNo).Bind(snapshot.ThroughNo)
            .Bind(snapshot.PlannedThrough).Bind(snapshot.State.Span).Run();
    }

    private void Save(in ShardEvent shardEvent, Rollup rollup)
    {
        var statement = rollup.Span == RollupSpan.Minute ? _minute : _hour;
        statement.Bind(rollup.JobId).Bind(rollup.Start).Bind(rollup.FirstNo).Bind(shardEvent.Term.Shard)
            .Bind(rollup.ThroughNo).Bind(rollup.Category).Bind(rollup.Queue);
        foreach (var (outcome, _) in RowColumns.Outcomes)
        {
            statement.Bind(rollup.Ended.Of(outcome));
        }

        statement.Bind(rollup.Retries).Bind(rollup.Durations).Bind(rollup.DurationMicroseconds).Bind(rollup.State.Span).Run();
    }

    private static SqliteStatement RollupInto(sqlite3 database, RollupSpan span)
    {
        return new SqliteStatement(
            database,
            $"""
            INSERT INTO {RowColumns.RollupTable(span)} ({RowColumns.Rollup})
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
            ON CONFLICT (job_id, start, first_no) DO UPDATE SET {RowColumns.RollupReplacement}
            """);
    }
}
