using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// Everything that is counted about one job, folded from the committed facts of its shard in the order of their
/// numbers. A saved history and the facts after it give the same history as all the facts: a fact with a number that
/// is already folded in changes nothing.
/// </summary>
public sealed class JobHistory
{
    private const byte StateVersion = 5;

    private DurationWindow _window;
    private ExecutionCounts _counts;
    private DurationHistogram? _durations;
    private StartLags? _startLags;
    private JobRollups _rollups = new();
    private Outcome? _lastOutcome;
    private DateTimeOffset? _lastFinishedAt;
    private DateTimeOffset? _lastSuccessAt;
    private long? _lastDuration;
    private string? _lastError;
    private long _consecutiveFailures;
    private DateTimeOffset? _runFrom;
    private long _runCount;

    /// <summary>Makes the history of a job about which nothing is recorded yet.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="createdNo"><see cref="Job.CreatedNo"/>.</param>
    /// <param name="category">Under which category its start lags are counted.</param>
    /// <param name="window">How many of the newest durations are kept.</param>
    /// <param name="sharesSeries"><see cref="Job.SharesSeries"/>.</param>
    public JobHistory(string jobId, long createdNo, string category, int window, bool sharesSeries = false)
    {
        JobId = jobId;
        CreatedNo = createdNo;
        ThroughNo = createdNo;
        Category = category;
        SharesSeries = sharesSeries;
        _window = new DurationWindow(window);
    }

    /// <summary>The job.</summary>
    public string JobId { get; }

    /// <summary>The category that it had when it was last counted.</summary>
    public string Category { get; private set; }

    /// <summary><see cref="Job.SharesSeries"/>.</summary>
    public bool SharesSeries { get; private set; }

    /// <summary>Under which category its start lags are counted.</summary>
    internal string LagCategory => SharesSeries ? JobLabels.Unknown : Category;

    /// <summary>Every duration, by bucket; null before the first.</summary>
    internal DurationHistogram? Durations => _durations;

    /// <summary><see cref="Job.CreatedNo"/>: tells the job from an earlier one of the same id.</summary>
    public long CreatedNo { get; }

    /// <summary>Facts with a number up to this one are folded in.</summary>
    public long ThroughNo { get; private set; }

    /// <summary>The last occurrence of the schedule that is folded in, or null.</summary>
    public DateTimeOffset? PlannedThrough { get; private set; }

    /// <summary>The books of the job.</summary>
    public ExecutionCounts Counts => _counts;

    /// <summary>
    /// Makes the history that was saved. An empty state stands for a history without facts, so that code that does not
    /// know the format can record a job's first snapshot.
    /// </summary>
    /// <param name="snapshot">What <see cref="Save"/> gave.</param>
    /// <param name="category">Under which category start lags are counted when the state is empty.</param>
    /// <param name="window">How many of the newest durations are kept; may differ from the time of saving.</param>
    /// <param name="sharesSeries"><see cref="Job.SharesSeries"/>, when the state is empty.</param>
    /// <exception cref="HistoryStateException">The state is of an unknown version, or damaged.</exception>
    public static JobHistory Restore(
        HistorySnapshot snapshot, string category, int window, bool sharesSeries = false)
    {
        var history = new JobHistory(snapshot.JobId, snapshot.CreatedNo, category, window, sharesSeries)
        {
            ThroughNo = snapshot.ThroughNo,
            PlannedThrough = snapshot.PlannedThrough,
        };
        if (!snapshot.State.IsEmpty)
        {
            var state = new StateReader(snapshot.JobId, snapshot.State.Span, StateVersion);
            history.Read(ref state);
            state.Finish();
        }

        return history;
    }

    /// <summary>Folds one fact about this job.</summary>
    /// <returns>
    /// False when the fact was folded before, is not about occurrences, or is about an execution that this job does not
    /// know (<see cref="ExecutionCounts.Allows"/>); then nothing has changed.
    /// </returns>
    public bool Fold(in ShardEvent fact)
    {
        if (fact.No <= ThroughNo || !FoldWrite(fact.Write, fact.At, fact.No))
        {
            return false;
        }

        ThroughNo = fact.No;
        return true;
    }

    /// <summary>
    /// Begins a new generation: counters, window and what was last are gone. What is open stays so, facts that are folded
    /// stay folded, and the roll-ups are as they were.
    /// </summary>
    public void Reset()
    {
        _counts = _counts.Reset();
        _window = new DurationWindow(_window.Capacity);
        _durations = null;
        _startLags = null;
        _lastOutcome = null;
        _lastFinishedAt = null;
        _lastSuccessAt = null;
        _lastDuration = null;
        _lastError = null;
        _consecutiveFailures = 0;
    }

    /// <summary>Counts the start lags of the future under another category.</summary>
    /// <returns>The lags counted so far, which stay with the earlier category; null when there are none.</returns>
    internal StartLags? MoveTo(string category)
    {
        var counted = _startLags;
        _startLags = null;
        Category = category;
        return counted;
    }

    /// <summary>
    /// The roll-ups whose recorded form is older than what is folded. They are recorded in one step with what
    /// <see cref="Save"/> gives, or a crash after it would lose some.
    /// </summary>
    /// <param name="queue">The job's queue.</param>
    public IEnumerable<Rollup> UnsavedRollups(string queue)
    {
        return _rollups.Unsaved.Select(part => part.ToRollup(JobId, Category, queue));
    }

    /// <summary>Notes that a roll-up is recorded.</summary>
    public void Saved(Rollup rollup)
    {
        _rollups.Saved(rollup);
    }

    /// <summary>The lags counted under <see cref="LagCategory"/>, or null.</summary>
    internal StartLags? Lags => _startLags;

    /// <summary>The figures of now, under the names that the job's definition gives.</summary>
    public JobStatistics Statistics(JobDefinition definition, DateTimeOffset? nextRunAt)
    {
        return new JobStatistics
        {
            JobId = JobId,
            JobName = definition.DisplayName,
            Owner = definition.Owner,
            Category = definition.Category,
            Counts = _counts,
            Durations = _durations?.Values() ?? HistogramValues.Empty,
            Window = _window.Values,
            LastOutcome = _lastOutcome,
            LastFinishedAt = _lastFinishedAt,
            LastDurationMicroseconds = _lastDuration,
            LastError = _lastError,
            LastSuccessAt = _lastSuccessAt,
            ConsecutiveFailures = _consecutiveFailures,
            PlannedThrough = PlannedThrough,
            NextRunAt = nextRunAt,
        };
    }

    /// <summary>The history in its stored form.</summary>
    public HistorySnapshot Save()
    {
        var state = new StateWriter(StateVersion);
        state.Text(Category);
        state.Flag(SharesSeries);
        state.Counts(_counts);
        state.Number(_lastOutcome is { } outcome ? (int)outcome : 0);
        state.Optional(_lastFinishedAt);
        state.Optional(_lastSuccessAt);
        state.Optional(_lastDuration);
        state.Optional(_lastError);
        state.Number(_consecutiveFailures);
        state.Optional(_runFrom);
        state.Number(_runCount);
        state.Flag(_durations is not null);
        _durations?.Write(state);
        state.Flag(_startLags is not null);
        _startLags?.Write(state);
        _rollups.Write(state);
        state.Number(_window.Count);
        var earlier = 0L;
        foreach (var duration in _window.OldestFirst())
        {
            // Neighbours are alike, so their difference is short.
            state.Number(duration - earlier);
            earlier = duration;
        }

        return new HistorySnapshot(JobId, CreatedNo, ThroughNo, PlannedThrough, state.Finish());
    }

    private void Read(ref StateReader state)
    {
        Category = state.Text();
        SharesSeries = state.Flag();
        _counts = state.Counts();
        _lastOutcome = state.Count((int)Outcome.Lost) is var outcome and not 0 ? (Outcome)outcome : null;
        _lastFinishedAt = state.OptionalInstant();
        _lastSuccessAt = state.OptionalInstant();
        _lastDuration = state.OptionalNumber();
        _lastError = state.OptionalText();
        _consecutiveFailures = state.Number();
        _runFrom = state.OptionalInstant();
        _runCount = state.Number();
        _durations = state.Flag() ? DurationHistogram.Read(ref state) : null;
        _startLags = state.Flag() ? StartLags.Read(ref state) : null;
        _rollups = JobRollups.Read(ref state);
        var durations = new long[state.Count(HistoryOptions.MaxWindow)];
        var earlier = 0L;
        foreach (ref var duration in durations.AsSpan())
        {
            earlier = duration = earlier + state.Number();
        }

        _window = new DurationWindow(_window.Capacity, durations);
    }

    private bool FoldWrite(ShardWrite write, DateTimeOffset at, long no)
    {
        switch (write)
        {
            case SaveOccurrenceRun { Run: var run }:
                FoldRun(run, no);
                return true;
            case (PlanAttempt or StartAttempt or FinishAttempt) when _counts.Allows(write):
                _counts = _counts.After(write);
                FoldAttempt(write, at);
                _rollups.Fold(write, at, no);
                return true;
            default:
                return false;
        }
    }

    private void FoldAttempt(ShardWrite write, DateTimeOffset at)
    {
        if (write is PlanAttempt { Attempt: { Trigger: TriggerKind.Schedule } attempt })
        {
            Reach(attempt.Key.ScheduledAt);
        }

        if (StartLags.Observed(write) is { } start)
        {
            (_startLags ??= new StartLags()).Add(start.Cause, start.LagMicroseconds);
        }

        if (write is FinishAttempt finish)
        {
            FoldFinish(finish, at);
        }
    }

    private void FoldFinish(FinishAttempt finish, DateTimeOffset at)
    {
        var result = finish.Result;
        _lastOutcome = result.Outcome;
        _lastFinishedAt = at;
        _lastError = result.Error?.Message;
        if (ExecutionCounts.DurationOf(finish) is { } duration)
        {
            _lastDuration = duration;
            _window.Add(duration);
            (_durations ??= new DurationHistogram()).Add(duration);
        }

        if (!result.Final)
        {
            return;
        }

        switch (result.Outcome)
        {
            case Outcome.Succeeded:
                _consecutiveFailures = 0;
                _lastSuccessAt = at;
                break;
            case Outcome.Failed or Outcome.TimedOut or Outcome.Lost:
                _consecutiveFailures++;
                break;
        }
    }

    private void FoldRun(OccurrenceRun run, long no)
    {
        // A run is written again when it grows; only what it grew by is new.
        var counted = run.From == _runFrom ? _runCount : 0;
        _counts = _counts.AfterRun(run.Outcome, run.Count - counted);
        _rollups.FoldRun(run, run.Count - counted, no);
        _runFrom = run.From;
        _runCount = run.Count;
        Reach(run.To);
    }

    private void Reach(DateTimeOffset scheduledAt)
    {
        if (PlannedThrough is not { } reached || scheduledAt > reached)
        {
            PlannedThrough = scheduledAt;
        }
    }
}
