using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// What deleted jobs of a shard left behind: their books, so that totals never fall, and their start lags by category.
/// </summary>
public sealed class RetiredHistory
{
    private const byte StateVersion = 3;
    private const int MaxCategories = 1_000_000;

    private readonly SortedDictionary<string, StartLags> _lags = new(StringComparer.Ordinal);

    /// <summary>The generation that the statistics of the shard belong to, and that is recorded with them.</summary>
    public long Generation { get; private set; }

    /// <summary>Facts of deleted jobs with a number up to this one are folded in.</summary>
    public long ThroughNo { get; private set; }

    /// <summary>The books of all deleted jobs that had series of their own.</summary>
    public ExecutionCounts Counts { get; private set; }

    /// <summary>The books of all deleted jobs that shared series.</summary>
    public ExecutionCounts SharedCounts { get; private set; }

    /// <summary>The durations of all deleted jobs that had series of their own.</summary>
    internal DurationHistogram Durations { get; private set; } = new();

    /// <summary>The durations of all deleted jobs that shared series.</summary>
    internal DurationHistogram SharedDurations { get; private set; } = new();

    /// <summary>Start lags by category.</summary>
    internal IReadOnlyDictionary<string, StartLags> Lags => _lags;

    /// <summary>Makes the history that was saved.</summary>
    /// <exception cref="HistoryStateException">The state is of an unknown version, or damaged.</exception>
    public static RetiredHistory Restore(HistorySnapshot snapshot)
    {
        var history = new RetiredHistory { ThroughNo = snapshot.ThroughNo };
        var state = new StateReader(snapshot.JobId, snapshot.State.Span, StateVersion);
        history.Generation = state.Number();
        history.Counts = state.Counts();
        history.SharedCounts = state.Counts();
        history.Durations = DurationHistogram.Read(ref state);
        history.SharedDurations = DurationHistogram.Read(ref state);
        for (var left = state.Count(MaxCategories); left > 0; left--)
        {
            var category = state.Text();
            history._lags[category] = StartLags.Read(ref state);
        }

        state.Finish();
        return history;
    }

    /// <summary>Takes over the books of a job that is deleted.</summary>
    /// <param name="job">Its history; not to be used any more.</param>
    /// <param name="deletedNo">The number under which it was deleted.</param>
    public void Absorb(JobHistory job, long deletedNo)
    {
        if (job.SharesSeries)
        {
            SharedCounts += job.Counts;
        }
        else
        {
            Counts += job.Counts;
        }

        if (job.Durations is { } durations)
        {
            (job.SharesSeries ? SharedDurations : Durations).Add(durations);
        }

        ThroughNo = Math.Max(ThroughNo, Math.Max(deletedNo, job.ThroughNo));
        AbsorbLags(job.LagCategory, job.Lags);
    }

    /// <summary>Begins a new generation: everything is gone but what is open.</summary>
    public void Reset(long generation)
    {
        Generation = generation;
        Counts = Counts.Reset();
        SharedCounts = SharedCounts.Reset();
        Durations = new DurationHistogram();
        SharedDurations = new DurationHistogram();
        _lags.Clear();
    }

    /// <summary>Folds a fact about an attempt whose job is gone.</summary>
    /// <returns>False when it was folded before or is not about an attempt; then nothing has changed.</returns>
    public bool Fold(in ShardEvent fact)
    {
        if (fact.No <= ThroughNo || fact.Write is not (PlanAttempt or StartAttempt or FinishAttempt))
        {
            return false;
        }

        Counts = Counts.After(fact.Write);
        ThroughNo = fact.No;
        if (StartLags.Observed(fact.Write) is { } start)
        {
            LagsOf(JobLabels.Unknown).Add(start.Cause, start.LagMicroseconds);
        }

        return true;
    }

    /// <summary>The history in its stored form.</summary>
    public HistorySnapshot Save()
    {
        var state = new StateWriter(StateVersion);
        state.Number(Generation);
        state.Counts(Counts);
        state.Counts(SharedCounts);
        Durations.Write(state);
        SharedDurations.Write(state);
        state.Number(_lags.Count);
        foreach (var (category, lags) in _lags)
        {
            state.Text(category);
            lags.Write(state);
        }

        return new HistorySnapshot(HistorySnapshot.RetiredJobId, 0, ThroughNo, null, state.Finish());
    }

    /// <summary>Takes over lags that were counted under a category; null for none.</summary>
    internal void AbsorbLags(string category, StartLags? lags)
    {
        if (lags is not null)
        {
            LagsOf(category).Add(lags);
        }
    }

    private StartLags LagsOf(string category)
    {
        if (!_lags.TryGetValue(category, out var lags))
        {
            lags = new StartLags();
            _lags.Add(category, lags);
        }

        return lags;
    }
}
