using Carillon.Model;

namespace Carillon.Metrics;

/// <content>What is saved, and when.</content>
public sealed partial class ShardHistory
{
    private const int MaxWrites = 200;

    /// <summary>
    /// The histories that are to be saved now: a job's after <see cref="HistoryOptions.SnapshotEvents"/> more facts,
    /// that of deleted jobs at every change. Each list is to be
    /// recorded in one step. They count as saved until <see cref="NotSaved"/> says otherwise.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<ShardWrite>> TakeDue()
    {
        if (!_retiredChanged && _left.Count == 0 && _due.Count == 0 && _dueWithRetired.Count == 0)
        {
            return [];
        }

        // A job that hands lags to the retired history must be saved in one step with it, or a crash in between would
        // lose or double them.
        var writes = new List<ShardWrite>();
        if (_retiredChanged)
        {
            writes.Add(new SaveSnapshot(_retired.Save()));
            _retiredChanged = false;
        }

        writes.AddRange(_left);
        _left.Clear();
        writes.AddRange(_dueWithRetired.SelectMany(Saving));
        _due.ExceptWith(_dueWithRetired);
        _dueWithRetired.Clear();
        var steps = new List<IReadOnlyList<ShardWrite>>();
        if (writes.Count > 0)
        {
            steps.Add(writes);
            _resetStep = IsResetSaved ? null : writes;
        }

        steps.AddRange(Steps(_due.Select(Saving)));
        _due.Clear();
        return steps;
    }

    /// <summary>Notes that a step was recorded.</summary>
    public void Saved(IReadOnlyList<ShardWrite> step)
    {
        if (ReferenceEquals(step, _resetStep))
        {
            _savedGeneration = Generation;
        }

        foreach (var save in step.OfType<SaveRollup>())
        {
            OwnerOf(save.Rollup)?.History?.Saved(save.Rollup);
        }
    }

    /// <summary>
    /// As <see cref="TakeDue"/>, with the histories whose new facts have waited for
    /// <see cref="HistoryOptions.SnapshotInterval"/>.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<ShardWrite>> TakeOverdue(DateTimeOffset now)
    {
        _due.UnionWith(_changed.Where(entry => now - entry.ChangedSince >= _options.SnapshotInterval));
        return TakeDue();
    }

    /// <summary>As <see cref="TakeDue"/>, with every history that has new facts.</summary>
    public IReadOnlyList<IReadOnlyList<ShardWrite>> TakeAll()
    {
        _due.UnionWith(_changed);
        return TakeDue();
    }

    /// <summary>Notes that a step was not recorded: its histories are overdue again.</summary>
    public void NotSaved(IReadOnlyList<ShardWrite> step)
    {
        var withRetired = step.Any(static write => write.JobId == HistorySnapshot.RetiredJobId);
        _retiredChanged |= withRetired;
        _left.AddRange(step.OfType<DropSnapshot>());
        _left.AddRange(step.OfType<SaveRollup>().Where(save => OwnerOf(save.Rollup) is null));
        foreach (var save in step.OfType<SaveSnapshot>())
        {
            if (_jobs.TryGetValue(save.JobId, out var entry) && entry.CreatedNo == save.Snapshot.CreatedNo)
            {
                entry.ChangedSince = DateTimeOffset.MinValue;
                _changed.Add(entry);
                if (withRetired)
                {
                    _dueWithRetired.Add(entry);
                }
            }
        }
    }

    /// <summary>What saves a job; all of it is recorded in one step.</summary>
    private List<ShardWrite> Saving(JobEntry entry)
    {
        _changed.Remove(entry);
        entry.NewFacts = 0;
        var history = entry.History!;
        List<ShardWrite> writes = [new SaveSnapshot(history.Save())];
        writes.AddRange(history.UnsavedRollups(entry.Definition.Queue).Select(static rollup => new SaveRollup(rollup)));
        return writes;
    }

    private static IEnumerable<IReadOnlyList<ShardWrite>> Steps(IEnumerable<List<ShardWrite>> jobs)
    {
        var step = new List<ShardWrite>();
        foreach (var writes in jobs)
        {
            if (step.Count > 0 && step.Count + writes.Count > MaxWrites)
            {
                yield return step;
                step = [];
            }

            step.AddRange(writes);
        }

        if (step.Count > 0)
        {
            yield return step;
        }
    }

    /// <summary>The job that a roll-up is of; null when it is gone, also when there is a later one of the same id.</summary>
    private JobEntry? OwnerOf(Rollup rollup)
    {
        return _jobs.TryGetValue(rollup.JobId, out var entry) && rollup.FirstNo > entry.CreatedNo ? entry : null;
    }
}
