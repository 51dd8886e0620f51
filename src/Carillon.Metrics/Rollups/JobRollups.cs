using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// The roll-ups of one job that are not closed and recorded yet. At every moment the recorded parts, with those held
/// here in place of their earlier forms, are exactly what was folded: a time that comes up again after its part was let
/// go gets a new part, and parts add up.
/// </summary>
internal sealed class JobRollups
{
    private static readonly RollupSpan[] Spans = Enum.GetValues<RollupSpan>();

    private readonly List<RollupPart> _parts = [];

    /// <summary>Folds a fact about an attempt of the job.</summary>
    public void Fold(ShardWrite write, DateTimeOffset at, long no)
    {
        switch (write)
        {
            case PlanAttempt { Attempt: var attempt }:
                FoldPlan(attempt.Key, no);
                FoldStart(write, attempt.Key.Attempt, attempt.StartedAt, no);
                break;
            case StartAttempt start:
                FoldStart(write, start.Key.Attempt, start.StartedAt, no);
                break;
            case FinishAttempt finish:
                FoldFinish(finish, at, no);
                break;
        }
    }

    /// <summary>Counts occurrences by which a stretch that did not run has grown.</summary>
    public void FoldRun(OccurrenceRun run, long grownBy, long no)
    {
        foreach (var span in Spans)
        {
            var figures = At(span, run.From, no);
            figures.Plan(grownBy);
            figures.Resolve(run.Outcome, grownBy);
            figures.End(run.Outcome, grownBy);
        }
    }

    /// <summary>
    /// The parts whose recorded form is older than what is folded, or missing; also those that are on their way to the
    /// store. All of them are recorded in one step with the history, or a crash after it would lose some.
    /// </summary>
    public IEnumerable<RollupPart> Unsaved => _parts.Where(static part => !part.IsSaved);

    /// <summary>Notes that a form of a part is recorded.</summary>
    public void Saved(Rollup rollup)
    {
        if (Find(rollup) is { } part)
        {
            part.SavedNo = Math.Max(part.SavedNo, rollup.ThroughNo);
            var newest = Newest(part.Span);
            _parts.RemoveAll(old => old.IsSaved && old.Span == part.Span && old != newest);
        }
    }

    /// <summary>
    /// Writes the newest part of each span, which will go on growing, in the format that <see cref="Read"/> reads. The
    /// same parts are recorded in one step with it.
    /// </summary>
    public void Write(StateWriter state)
    {
        foreach (var span in Spans)
        {
            var newest = Newest(span);
            state.Optional(newest?.Start);
            if (newest is not null)
            {
                state.Number(newest.FirstNo);
                state.Number(newest.ThroughNo);
                newest.Figures.Write(state);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static JobRollups Read(ref StateReader state)
    {
        var rollups = new JobRollups();
        foreach (var span in Spans)
        {
            if (state.OptionalInstant() is not { } start)
            {
                continue;
            }

            var firstNo = state.Number();
            var throughNo = state.Number();
            rollups._parts.Add(new RollupPart(span, start, firstNo)
            {
                ThroughNo = throughNo,
                SavedNo = throughNo,
                Figures = PeriodFigures.Read(ref state),
            });
        }

        return rollups;
    }

    private void FoldPlan(in AttemptKey key, long no)
    {
        if (key.Attempt > 1)
        {
            return;
        }

        foreach (var span in Spans)
        {
            At(span, key.ScheduledAt, no).Plan();
        }
    }

    private void FoldStart(ShardWrite write, int attempt, DateTimeOffset? startedAt, long no)
    {
        if (startedAt is { } at && StartLags.Observed(write) is { } start)
        {
            foreach (var span in Spans)
            {
                At(span, at, no).Start(attempt, start.Cause, start.LagMicroseconds);
            }
        }
    }

    private void FoldFinish(FinishAttempt finish, DateTimeOffset at, long no)
    {
        var outcome = finish.Result.Outcome;
        foreach (var span in Spans)
        {
            var figures = At(span, at, no);
            if (ExecutionCounts.DurationOf(finish) is { } duration)
            {
                figures.Measure(duration);
            }

            if (finish.Result.Final)
            {
                figures.End(outcome);
                At(span, finish.Key.ScheduledAt, no).Resolve(outcome);
            }
        }
    }

    /// <summary>The figures of the minute or hour of an instant, about to be changed by a fact.</summary>
    private PeriodFigures At(RollupSpan span, DateTimeOffset time, long no)
    {
        var start = span.Floor(time);
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            if (_parts[i].Start == start && _parts[i].Span == span)
            {
                _parts[i].ThroughNo = no;
                return _parts[i].Figures;
            }
        }

        var part = new RollupPart(span, start, no) { ThroughNo = no };
        _parts.Add(part);
        return part.Figures;
    }

    private RollupPart? Find(Rollup rollup)
    {
        return _parts.Find(part => part.Span == rollup.Span && part.Start == rollup.Start && part.FirstNo == rollup.FirstNo);
    }

    private RollupPart? Newest(RollupSpan span)
    {
        return _parts.Where(part => part.Span == span).MaxBy(static part => part.Start);
    }
}
