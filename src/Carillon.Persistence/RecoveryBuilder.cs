using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>
/// Puts together what the next owner of a shard needs: rows go in, the facts that lie behind each job's snapshot come
/// out in the order of their numbers.
/// </summary>
internal sealed class RecoveryBuilder(ShardTerm term)
{
    private readonly DefinitionPool _pool = new();
    private readonly List<Job> _jobs = [];
    private readonly List<Attempt> _open = [];
    private readonly List<HistorySnapshot> _snapshots = [];
    private readonly List<TriggerKey> _keys = [];
    private readonly List<ShardEvent> _events = [];
    private readonly List<RecordedStart> _starts = [];
    private readonly List<MetricSeries> _series = [];
    private readonly List<MetricSource> _sources = [];
    private readonly Dictionary<string, long> _through = new(StringComparer.Ordinal);
    private ShardAudit? _audit;
    private long _lastNo;

    public void Add(Job job)
    {
        _lastNo = Math.Max(_lastNo, job.CreatedNo);
        _jobs.Add(job with { Definition = _pool.Share(job.Definition) });
    }

    /// <summary>The jobs whose newest starts are wanted.</summary>
    public IEnumerable<JobDefinition> Limited => _jobs.Select(static job => job.Definition).Where(static job => job.StartsToKnow > 0);

    public void Add(RecordedStart start)
    {
        _starts.Add(start);
    }

    public void Add(MetricSeries series)
    {
        _series.Add(series);
    }

    public void Add(MetricSource source)
    {
        _sources.Add(source);
    }

    public void Add(ShardAudit audit)
    {
        _audit = audit;
    }

    public void Add(TriggerKey key)
    {
        _keys.Add(key);
    }

    /// <summary>Adds a snapshot; all of them come before the first attempt and run.</summary>
    public void Add(HistorySnapshot snapshot)
    {
        _snapshots.Add(snapshot);
        _through[snapshot.JobId] = Math.Min(snapshot.ThroughNo, _through.GetValueOrDefault(snapshot.JobId, long.MaxValue));
        _lastNo = Math.Max(_lastNo, snapshot.ThroughNo);
    }

    public void Add(OccurrenceRun run, long no)
    {
        _lastNo = Math.Max(_lastNo, no);
        if (no > Through(run.JobId))
        {
            _events.Add(new ShardEvent(term, no, run.To, new SaveOccurrenceRun(run)));
        }
    }

    public void Add(Attempt attempt)
    {
        if (attempt.FinishedNo is null)
        {
            _open.Add(attempt);
        }

        var through = Through(attempt.Key.JobId);
        var begun = attempt.StartedAt ?? attempt.DueAt;
        var atOnce = attempt.StartedNo == attempt.PlannedNo;
        Note(attempt.PlannedNo, through, begun, () => new PlanAttempt(AsPlanned(attempt, atOnce)));
        if (attempt.StartedNo is { } startedNo && !atOnce)
        {
            Note(startedNo, through, begun, () => new StartAttempt(
                attempt.Key, attempt.DueAt, attempt.StartedAt!.Value, attempt.Node!.Value, attempt.WaitCause));
        }

        if (attempt.FinishedNo is { } finishedNo)
        {
            Note(finishedNo, through, attempt.FinishedAt!.Value, () => new FinishAttempt(
                attempt.Key, attempt.Result!, attempt.StartedNo is not null));
        }
    }

    public ShardRecovery Build()
    {
        _events.Sort(static (a, b) => a.No.CompareTo(b.No));
        return new ShardRecovery
        {
            Term = term,
            Jobs = _jobs,
            Open = _open,
            Snapshots = _snapshots,
            Events = _events,
            TriggerKeys = _keys,
            Starts = _starts,
            Series = _series,
            Sources = _sources,
            Audit = _audit,
            LastNo = _lastNo,
        };
    }

    /// <summary>The row as it was when it was written first.</summary>
    private static Attempt AsPlanned(Attempt attempt, bool atOnce)
    {
        var open = attempt with { FinishedNo = null, FinishedAt = null, Result = null };
        return atOnce
            ? open
            : open with { StartedNo = null, StartedAt = null, Node = null, Epoch = 0, WaitCause = WaitCause.None };
    }

    private long Through(string jobId)
    {
        return _through.GetValueOrDefault(jobId);
    }

    private void Note(long no, long through, DateTimeOffset at, Func<ShardWrite> write)
    {
        _lastNo = Math.Max(_lastNo, no);
        if (no > through)
        {
            _events.Add(new ShardEvent(term, no, at, write()));
        }
    }
}
