using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>
/// The rules by which a due occurrence does not run. A rule also says how far it reaches, so that a long stretch is
/// decided about at once. Made for one decision; what is dear to find out is found once and only when it is needed.
/// </summary>
internal ref struct SkipRules
{
    private readonly Job _job;
    private readonly ISchedule _schedule;
    private readonly DateTimeOffset _now;
    private readonly BusyPeriod _busy;
    private readonly Pause? _schedulerPause;
    private DateTimeOffset? _latest;
    private int _mayWait = OccurrencePlanner.MaxBacklog; // less from the first one on that is left out
    private DateTimeOffset? _beyond; // the occurrence so many after the one in question; the greatest instant when that is not due

    public SkipRules(Job job, ISchedule schedule, DateTimeOffset now, BusyPeriod busy, Pause? schedulerPause)
    {
        _job = job;
        _schedule = schedule;
        _now = now;
        _busy = busy;
        _schedulerPause = schedulerPause;
    }

    /// <summary>The verdict about a due occurrence, or null when it is to run. Asked in the order of occurrences.</summary>
    public SkipVerdict? Judge(DateTimeOffset occurrence)
    {
        var definition = _job.Definition;
        if (!definition.Enabled)
        {
            return new SkipVerdict(Outcome.Skipped, SkipReasons.Disabled, _now);
        }

        if (_job.Pause is { } pause && pause.Covers(occurrence, _now))
        {
            return new SkipVerdict(Outcome.Skipped, SkipReasons.Paused, EndOf(pause));
        }

        if (_schedulerPause is { } all && all.Covers(occurrence, _now))
        {
            return new SkipVerdict(Outcome.Skipped, SkipReasons.Paused, EndOf(all));
        }

        if (definition.Overlap == OverlapPolicy.Skip && _busy.FreeAfter(occurrence) is { } free)
        {
            return new SkipVerdict(Outcome.Skipped, SkipReasons.Overlap, Cut(occurrence, Before(free)));
        }

        return JudgeLate(occurrence) ?? JudgeReplaced(occurrence) ?? JudgeBacklog(occurrence);
    }

    private SkipVerdict? JudgeLate(DateTimeOffset occurrence)
    {
        var definition = _job.Definition;
        if (definition.Misfire == MisfirePolicy.RunAll || _now - occurrence <= definition.Grace)
        {
            return null;
        }

        var until = Before(_now - definition.Grace);
        if (definition.Misfire == MisfirePolicy.RunOnce)
        {
            if (definition.Schedule.FollowsEnd || occurrence >= Latest(occurrence))
            {
                return null; // only the newest one is made up for; none is owed after one that counts from an end
            }

            until = Earlier(until, Before(Latest(occurrence)));
        }

        return new SkipVerdict(Outcome.Misfired, SkipReasons.Grace, Cut(occurrence, until));
    }

    private SkipVerdict? JudgeReplaced(DateTimeOffset occurrence)
    {
        if (_job.Definition.Overlap != OverlapPolicy.CancelPrevious)
        {
            return null;
        }

        if (_busy.NewestDueAt is { } newest && newest >= occurrence)
        {
            return new SkipVerdict(Outcome.Skipped, SkipReasons.Replaced, Cut(occurrence, newest));
        }

        return !_job.Definition.Schedule.FollowsEnd && occurrence < Latest(occurrence)
            ? new SkipVerdict(Outcome.Skipped, SkipReasons.Replaced, Cut(occurrence, Before(Latest(occurrence))))
            : null;
    }

    private SkipVerdict? JudgeBacklog(DateTimeOffset occurrence)
    {
        // No schedule is denser than one in a millisecond, so nothing younger than this can have too many after it.
        var isYoung = _now - occurrence < TimeSpan.FromMilliseconds(_mayWait);
        if (isYoung || _job.Definition.Schedule.FollowsEnd || !HasTooManyAfter(occurrence))
        {
            return null;
        }

        if (_mayWait == OccurrencePlanner.MaxBacklog)
        {
            (_mayWait, _beyond) = (OccurrencePlanner.KeptBacklog, null);
        }

        var until = _schedule.CountsAtOnce() ? _schedule.LastBeforeBacklog(occurrence, _now, _mayWait) : occurrence;

        // Up to where the grace ends, where the stretch reaches that far: beyond it the outcome is another one.
        var late = Before(_now - _job.Definition.Grace);
        return occurrence <= late
            ? new SkipVerdict(Outcome.Misfired, SkipReasons.Backlog, Cut(occurrence, Earlier(until, late)))
            : new SkipVerdict(Outcome.Skipped, SkipReasons.Backlog, Cut(occurrence, until));
    }

    private bool HasTooManyAfter(DateTimeOffset occurrence)
    {
        if (_schedule.CountsAtOnce())
        {
            return _schedule.CountBetween(occurrence, _now, _mayWait) >= _mayWait;
        }

        if (_beyond != DateTimeOffset.MaxValue)
        {
            _beyond = _beyond is { } earlier ? _schedule.Next(earlier) : _schedule.Ahead(occurrence, _mayWait, _now);
            _beyond = _beyond <= _now ? _beyond : DateTimeOffset.MaxValue;
        }

        return _beyond <= _now;
    }

    private DateTimeOffset Latest(DateTimeOffset occurrence)
    {
        return _latest ??= _schedule.LastUntil(occurrence, _now);
    }

    private readonly DateTimeOffset EndOf(Pause pause)
    {
        return pause.Until is { } until ? Earlier(_now, Before(until)) : _now;
    }

    /// <summary>No further than where a rule that comes first may begin to apply.</summary>
    private readonly DateTimeOffset Cut(DateTimeOffset occurrence, DateTimeOffset until)
    {
        var cut = Earlier(until, _now);
        cut = Begins(_job.Pause, occurrence) is { } paused ? Earlier(cut, Before(paused)) : cut;
        cut = Begins(_schedulerPause, occurrence) is { } all ? Earlier(cut, Before(all)) : cut;
        return _job.Definition.Overlap == OverlapPolicy.Skip && _busy.NextBegin(occurrence) is { } begin ? Earlier(cut, Before(begin)) : cut;
    }

    private static DateTimeOffset? Begins(Pause? pause, DateTimeOffset occurrence)
    {
        return pause is { } known && known.At > occurrence ? known.At : null;
    }

    private static DateTimeOffset Before(DateTimeOffset instant)
    {
        return instant.AddTicks(-1);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other)
    {
        return one < other ? one : other;
    }
}
