using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// The histories of all jobs of one shard during one term: folds committed facts, decides which histories are to be
/// saved, and gives the shard's part of a page. The shard's totals are what deleted jobs left plus the counts of all
/// jobs; a delete moves counts from one to the other.
/// </summary>
public sealed partial class ShardHistory
{
    private readonly ShardTerm _term;
    private readonly HistoryOptions _options;
    private readonly Dictionary<string, JobEntry> _jobs = new(StringComparer.Ordinal);
    private readonly RetiredHistory _retired;
    private readonly HashSet<JobEntry> _changed = [];
    private readonly HashSet<JobEntry> _due = [];
    private readonly HashSet<JobEntry> _dueWithRetired = [];
    private readonly List<ShardWrite> _left = [];
    private bool _retiredChanged;
    private long _savedGeneration;
    private IReadOnlyList<ShardWrite>? _resetStep;

    /// <summary>Takes up the histories where the owner before left them.</summary>
    /// <param name="recovery">What the store knows of the shard.</param>
    /// <param name="options">How histories are kept.</param>
    /// <param name="now">The present.</param>
    /// <exception cref="HistoryStateException">A stored history is of an unknown version, or damaged.</exception>
    public ShardHistory(ShardRecovery recovery, HistoryOptions options, DateTimeOffset now)
    {
        _term = recovery.Term;
        _options = options;
        _jobs.EnsureCapacity(recovery.Jobs.Count);
        foreach (var job in recovery.Jobs)
        {
            _jobs.Add(job.Id, new JobEntry(job.Definition, job.CreatedNo, job.SharesSeries));
        }

        var retired = recovery.Snapshots.FirstOrDefault(static s => s.JobId == HistorySnapshot.RetiredJobId);
        _retired = retired is null ? new RetiredHistory() : RetiredHistory.Restore(retired);
        _savedGeneration = _retired.Generation;
        var former = new List<JobEntry>();
        foreach (var snapshot in recovery.Snapshots.Where(static s => s.JobId != HistorySnapshot.RetiredJobId))
        {
            if (!_jobs.TryGetValue(snapshot.JobId, out var entry) || entry.CreatedNo != snapshot.CreatedNo)
            {
                // Its job was deleted, but the owner before could not hand its counts over any more.
                entry = Former(snapshot);
                former.Add(entry);
            }

            entry.Restore(snapshot, options.Window);
        }

        foreach (var fact in recovery.Events)
        {
            FoldFact(Owner(fact, former), fact, now);
        }

        former.ForEach(entry => Retire(entry, recovery.LastNo));
        foreach (var entry in _jobs.Values)
        {
            MoveLags(entry, now);
        }
    }

    /// <summary>The generation that the figures belong to.</summary>
    public long Generation => _retired.Generation;

    /// <summary>Whether the last reset is recorded. Before that no figure may be shown: a crash would bring back the old ones.</summary>
    public bool IsResetSaved => _savedGeneration == Generation;

    /// <summary>
    /// Begins a later generation: counters, windows and what was last are gone; what is open counts as planned.
    /// Roll-ups stay. To be saved with the next <see cref="TakeDue"/>, all in one step.
    /// </summary>
    public void Reset(long generation)
    {
        _retired.Reset(generation);
        _retiredChanged = true;
        foreach (var entry in _jobs.Values)
        {
            if (entry.History is { } history)
            {
                history.Reset();
                _dueWithRetired.Add(entry);
            }
        }
    }

    /// <summary>Folds committed facts, in the order of their numbers.</summary>
    public void Fold(ArraySegment<ShardEvent> facts, DateTimeOffset now)
    {
        foreach (var fact in facts)
        {
            switch (fact.Write)
            {
                case SaveJob { Job: var job }:
                    Save(job, fact.No, now);
                    break;
                case DeleteJob { Id: var id }:
                    Delete(id, fact.No);
                    break;
                case PlanAttempt or StartAttempt or FinishAttempt or SaveOccurrenceRun:
                    FoldFact(_jobs.GetValueOrDefault(fact.Write.JobId), fact, now);
                    break;
            }
        }
    }

    /// <summary>Notes when a job is due next; null for never.</summary>
    public void SetNextRun(string jobId, DateTimeOffset? at)
    {
        if (_jobs.TryGetValue(jobId, out var entry))
        {
            entry.NextRunAt = at;
        }
    }

    /// <summary>The last occurrence of each job about which a decision is folded in.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Decided()
    {
        return _jobs.Where(static job => job.Value.History?.PlannedThrough is not null)
            .ToDictionary(static job => job.Key, static job => job.Value.History!.PlannedThrough!.Value, StringComparer.Ordinal);
    }

    /// <summary>The figures of one job as they now are, or null when the shard has no such job.</summary>
    public JobStatistics? Statistics(string jobId)
    {
        return _jobs.GetValueOrDefault(jobId)?.Statistics();
    }

    /// <summary>
    /// The roll-ups of one job that are newer than their recorded form; none when the shard has no such job. Read them
    /// before the recorded ones, and let them take the place of those of the same name.
    /// </summary>
    public IReadOnlyList<Rollup> UnsavedRollups(string jobId)
    {
        return _jobs.TryGetValue(jobId, out var entry) ? [.. UnsavedRollups(entry)] : [];
    }

    /// <summary>As <see cref="UnsavedRollups(string)"/>, of all jobs of the shard.</summary>
    public IReadOnlyList<Rollup> UnsavedRollups()
    {
        return [.. _jobs.Values.SelectMany(UnsavedRollups)];
    }

    /// <summary>The category of a job, or null when it has none or is gone.</summary>
    public string? CategoryOf(string jobId)
    {
        return _jobs.GetValueOrDefault(jobId)?.Definition.Category;
    }

    /// <summary>The shard's figures as they now are.</summary>
    /// <param name="everyJob">Whether jobs that share series are told one by one, too.</param>
    public ShardHistoryPart Part(bool everyJob = false)
    {
        var sum = new PartSum(_retired);
        foreach (var entry in _jobs.Values)
        {
            sum.Add(entry, everyJob);
        }

        return sum.ToPart(_term, Generation);
    }

    private static IEnumerable<Rollup> UnsavedRollups(JobEntry entry)
    {
        return entry.History?.UnsavedRollups(entry.Definition.Queue) ?? [];
    }

    private void Save(Job job, long no, DateTimeOffset now)
    {
        if (_jobs.TryGetValue(job.Id, out var entry))
        {
            entry.Definition = job.Definition;
            MoveLags(entry, now);
            return;
        }

        _jobs.Add(job.Id, new JobEntry(job.Definition, no, job.SharesSeries));
    }

    private void Delete(string jobId, long no)
    {
        if (_jobs.Remove(jobId, out var entry))
        {
            Retire(entry, no);
        }
    }

    /// <summary>Leaves the counts of a job that is gone to the shard.</summary>
    private void Retire(JobEntry entry, long no)
    {
        _changed.Remove(entry);
        _due.Remove(entry);
        _dueWithRetired.Remove(entry);
        if (entry.History is { } history)
        {
            _retired.Absorb(history, no);
            _retiredChanged = true;
            _left.AddRange(history.UnsavedRollups(entry.Definition.Queue).Select(static rollup => new SaveRollup(rollup)));
            _left.Add(new DropSnapshot(entry.Definition.Id, entry.CreatedNo));
        }
    }

    private static JobEntry Former(HistorySnapshot snapshot)
    {
        var definition = new JobDefinition { Id = snapshot.JobId, Run = new ClassRun { Class = string.Empty } };
        return new JobEntry(definition, snapshot.CreatedNo, sharesSeries: false); // what was saved knows better
    }

    /// <summary>The job that a recovered fact is about, which may be an earlier one of the same id; null for none.</summary>
    private JobEntry? Owner(in ShardEvent fact, List<JobEntry> former)
    {
        if (_jobs.TryGetValue(fact.Write.JobId, out var entry) && fact.No > entry.CreatedNo)
        {
            return entry;
        }

        var (id, no) = (fact.Write.JobId, fact.No);
        return former.Where(f => string.Equals(f.Definition.Id, id, StringComparison.Ordinal) && f.CreatedNo < no)
            .MaxBy(static f => f.CreatedNo);
    }

    private void FoldFact(JobEntry? entry, in ShardEvent fact, DateTimeOffset now)
    {
        if (entry is not null)
        {
            if (fact.No <= entry.ThroughNo)
            {
                return;
            }

            if (entry.Begin(_options.Window).Fold(fact))
            {
                Change(entry, now);
                return;
            }
        }

        // Recovery reads no facts of deleted jobs but those still open, so what they add is saved at once.
        _retiredChanged |= _retired.Fold(fact);
    }

    private void Change(JobEntry entry, DateTimeOffset now)
    {
        if (_changed.Add(entry))
        {
            entry.ChangedSince = now;
        }

        if (++entry.NewFacts >= _options.SnapshotEvents)
        {
            _due.Add(entry);
        }
    }

    /// <summary>
    /// Leaves lags with the category under which they were counted, when the job has moved to another.
    /// </summary>
    private void MoveLags(JobEntry entry, DateTimeOffset now)
    {
        if (entry.History is not { } history
            || string.Equals(history.Category, entry.Category, StringComparison.Ordinal))
        {
            return;
        }

        var earlier = history.LagCategory;
        if (history.MoveTo(entry.Category) is { } lags)
        {
            _retired.AbsorbLags(earlier, lags);
            _retiredChanged = true;
        }

        // Saved at once also when nothing moves: the starts to come are replayed under the category that is saved.
        Change(entry, now);
        _dueWithRetired.Add(entry);
    }
}
