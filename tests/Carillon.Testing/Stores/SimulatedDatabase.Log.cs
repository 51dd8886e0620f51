using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Testing;

/// <content>What owners record, and what their successors read.</content>
public sealed partial class SimulatedDatabase
{
    internal IReadOnlySet<int> Append(AppendBatch batch)
    {
        var fenced = batch.Terms.Where(term => IsFenced(batch.Owner, term)).Select(term => term.Shard).ToHashSet();
        var accepted = batch.Events.Where(shardEvent => !fenced.Contains(shardEvent.Term.Shard)).ToArray();
        var planned = accepted.Select(shardEvent => shardEvent.Write).OfType<PlanAttempt>()
            .Select(plan => Normalize(plan.Attempt.Key)).ToArray();
        if (planned.Distinct().Count() != planned.Length || planned.Any(_attempts.ContainsKey))
        {
            throw new AppendRejectedException("an attempt of this key is recorded already");
        }

        foreach (var shardEvent in accepted)
        {
            Apply(shardEvent);
        }

        return fenced;
    }

    internal ShardRecovery Load(ShardTerm term)
    {
        var now = clock.Now();
        var snapshots = _snapshots.Where(row => row.Key.Shard == term.Shard).Select(row => row.Value).ToArray();
        var through = snapshots.GroupBy(row => row.JobId, StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => rows.Min(row => row.ThroughNo), StringComparer.Ordinal);
        var jobs = _jobs.Values.Where(row => row.Shard == term.Shard).Select(row => row.Job).ToArray();
        var attempts = _attempts.Values
            .Where(row => row.Shard == term.Shard
                && (row.FinishedNo is null || through.ContainsKey(row.Key.JobId))).ToArray();
        var runs = _runs.Values.Where(row => row.Shard == term.Shard && through.ContainsKey(row.Run.JobId)).ToArray();
        var events = attempts.SelectMany(row => EventsOf(term, row))
            .Concat(runs.Select(row => new ShardEvent(term, row.No, row.Run.To, new SaveOccurrenceRun(row.Run))))
            .OrderBy(shardEvent => shardEvent.No).ToArray();
        return new ShardRecovery
        {
            Term = term,
            Jobs = jobs,
            Open = attempts.Where(row => row.FinishedNo is null).ToArray(),
            Snapshots = snapshots,
            Events = events.Where(fact => fact.No > through.GetValueOrDefault(fact.Write.JobId) && !IsForgotten(fact)).ToArray(),
            TriggerKeys = _keys.Values.Where(row => row.Shard == term.Shard && row.Key.ExpiresAt > now)
                .Select(row => row.Key).ToArray(),
            Audit = _audits.GetValueOrDefault(term.Shard),
            Starts = _jobs.Values.Where(row => row.Shard == term.Shard).SelectMany(row => StartsOf(row.Job.Definition)).ToArray(),
            Series = _series.Where(row => row.Key.Shard == term.Shard).Select(row => row.Value).ToArray(),
            Sources = _sources.Where(row => row.Key.Shard == term.Shard).Select(row => row.Value).ToArray(),
            LastNo = events.Select(fact => fact.No).Concat(snapshots.Select(row => row.ThroughNo))
                .Concat(jobs.Select(job => job.CreatedNo)).DefaultIfEmpty().Max(),
        };
    }

    private bool IsFenced(Guid owner, ShardTerm term)
    {
        return Bug switch
        {
            PlantedBug.NoFence => false,
            PlantedBug.EpochReadLate => _shards[term.Shard].Owner != owner,
            _ => !IsCurrent(owner, term),
        };
    }

    private bool IsForgotten(ShardEvent fact)
    {
        return Bug is PlantedBug.ReplayWithoutPlanned && fact.Write is PlanAttempt;
    }

    private IEnumerable<RecordedStart> StartsOf(JobDefinition job)
    {
        return _attempts.Values
            .Where(row => row is { FinishedNo: not null, StartedAt: not null } && string.Equals(row.Key.JobId, job.Id, StringComparison.Ordinal))
            .OrderByDescending(row => row.FinishedNo).Take(job.StartsToKnow)
            .Select(row => new RecordedStart(job.Id, row.StartedAt!.Value, row.FinishedAt!.Value));
    }

    private static IEnumerable<ShardEvent> EventsOf(ShardTerm term, Attempt row)
    {
        var begun = row.StartedAt ?? row.DueAt;
        var planned = row with { FinishedNo = null, FinishedAt = null, Result = null };
        if (row.StartedNo is { } startedNo && startedNo != row.PlannedNo)
        {
            planned = planned with { StartedNo = null, StartedAt = null, Node = null, Epoch = 0, WaitCause = default };
            var start = new StartAttempt(row.Key, row.DueAt, row.StartedAt!.Value, row.Node!.Value, row.WaitCause);
            yield return new ShardEvent(term, startedNo, begun, start);
        }

        yield return new ShardEvent(term, row.PlannedNo, begun, new PlanAttempt(planned));
        if (row.FinishedNo is { } finishedNo)
        {
            var finish = new FinishAttempt(row.Key, row.Result!, row.StartedNo is not null);
            yield return new ShardEvent(term, finishedNo, row.FinishedAt!.Value, finish);
        }
    }

    private void Apply(in ShardEvent shardEvent)
    {
        var shard = shardEvent.Term.Shard;
        switch (shardEvent.Write)
        {
            case PlanAttempt plan:
                Plan(shardEvent, plan.Attempt);
                break;
            case StartAttempt start:
                Start(shardEvent, start);
                break;
            case FinishAttempt finish:
                Finish(shardEvent, finish);
                break;
            case SaveOccurrenceRun save:
                var run = save.Run with { From = Instant.Truncate(save.Run.From), To = Instant.Truncate(save.Run.To) };
                _runs[(run.JobId, run.From)] = (shard, shardEvent.No, run);
                break;
            case SaveJob save:
                Save(shardEvent, save.Job);
                break;
            case DeleteJob delete:
                Delete(delete.Id);
                break;
            case SaveTriggerKey save:
                _keys[(save.JobId, save.Key.Key)] = (shard, save.Key);
                break;
            default:
                ApplyHistory(shardEvent);
                break;
        }
    }

    private void ApplyHistory(in ShardEvent shardEvent)
    {
        var shard = shardEvent.Term.Shard;
        switch (shardEvent.Write)
        {
            case SaveSnapshot save:
                _snapshots[(shard, save.JobId, save.Snapshot.CreatedNo)] = save.Snapshot;
                break;
            case DropSnapshot drop:
                _snapshots.Remove((shard, drop.Id, drop.CreatedNo));
                break;
            case SaveRollup { Rollup: var rollup }:
                _rollups[(rollup.JobId, rollup.Span, rollup.Start, rollup.FirstNo)] = rollup;
                break;
            case SaveAudit save:
                Save(shard, save);
                break;
            default:
                ApplyMetrics(shard, shardEvent.Write);
                break;
        }
    }

    private void Plan(in ShardEvent shardEvent, Attempt attempt)
    {
        var row = attempt with
        {
            Key = Normalize(attempt.Key),
            Shard = shardEvent.Term.Shard,
            DueAt = Instant.Truncate(attempt.DueAt),
            Payload = Clean(attempt.Payload),
            TraceParent = Clean(attempt.TraceParent),
            PlannedNo = shardEvent.No,
            StartedNo = null,
            Epoch = 0,
            FinishedNo = null,
            FinishedAt = null,
            Result = null,
        };
        _attempts.Add(row.Key, attempt.StartedAt is not { } startedAt
            ? row with { Node = null }
            : row with
            {
                StartedNo = shardEvent.No,
                Epoch = shardEvent.Term.Epoch,
                StartedAt = Instant.Truncate(startedAt),
            });
    }

    private void Start(in ShardEvent shardEvent, StartAttempt start)
    {
        if (_attempts.TryGetValue(Normalize(start.Key), out var row) && row is { StartedNo: null, FinishedNo: null })
        {
            _attempts[row.Key] = row with
            {
                StartedNo = shardEvent.No,
                Epoch = shardEvent.Term.Epoch,
                StartedAt = Instant.Truncate(start.StartedAt),
                Node = start.Node,
                WaitCause = start.WaitCause,
            };
        }
    }

    private void Finish(in ShardEvent shardEvent, FinishAttempt finish)
    {
        if (_attempts.TryGetValue(Normalize(finish.Key), out var row) && row.FinishedNo is null)
        {
            _attempts[row.Key] = row with
            {
                FinishedNo = shardEvent.No,
                FinishedAt = Instant.Truncate(shardEvent.At),
                Result = finish.Result with { Reason = Clean(finish.Result.Reason) },
            };
        }
    }

    private void Save(in ShardEvent shardEvent, Job job)
    {
        var createdNo = _jobs.TryGetValue(job.Id, out var earlier) ? earlier.Job.CreatedNo : shardEvent.No;
        _jobs[job.Id] = (
            shardEvent.Term.Shard, job with { CreatedAt = Instant.Truncate(job.CreatedAt), CreatedNo = createdNo });
    }

    private void Delete(string jobId)
    {
        _jobs.Remove(jobId);
        foreach (var key in _keys.Keys.Where(key => string.Equals(key.JobId, jobId, StringComparison.Ordinal)).ToArray())
        {
            _keys.Remove(key);
        }
    }

    private static AttemptKey Normalize(AttemptKey key)
    {
        return key with { ScheduledAt = Instant.Truncate(key.ScheduledAt) };
    }

    private static string? Clean(string? text)
    {
        return text is null ? null : StoredText.Clean(text);
    }
}
