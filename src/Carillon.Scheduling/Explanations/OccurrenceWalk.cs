using System.Globalization;
using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Explanations;

/// <summary>
/// Goes through what a schedule plans, one after the other, and notes what becomes of each: the same steps in which the
/// schedule finds its occurrences, slower and with reasons.
/// </summary>
internal sealed class OccurrenceWalk
{
    private const int MaxItems = 1_000;

    // What a calendar excludes is counted one by one up to here, and passed over in one step after that.
    private const int MostCounted = 1_000;

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly ScheduleSpec _spec;
    private readonly ScheduleParts _parts;
    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset _after;
    private readonly DstDecisions? _dst;
    private readonly List<ExplainedOccurrence> _items = [];
    private (string Calendar, DateTimeOffset First, DateTimeOffset Last, int Count)? _excluded;
    private int _running;

    /// <summary>Prepares the walk.</summary>
    /// <param name="spec">The schedule as written.</param>
    /// <param name="parts">The schedule.</param>
    /// <param name="zone">The zone in which times are shown.</param>
    /// <param name="after">Where to begin: what is due at or before it is left out.</param>
    public OccurrenceWalk(ScheduleSpec spec, ScheduleParts parts, TimeZoneInfo zone, DateTimeOffset after)
    {
        _spec = spec;
        _parts = parts;
        _zone = zone;
        _after = after;
        _dst = parts.Pattern is var (times, timeline) ? new DstDecisions(times, timeline, spec.Dst) : null;
    }

    /// <summary>Walks until so many occurrences have been found that run, or there are no more.</summary>
    /// <returns>What was met, and why there is no more of it; null when there may be.</returns>
    public (IReadOnlyList<ExplainedOccurrence> Items, string? End) Take(int count)
    {
        var hasRoom = _after - DateTimeOffset.MinValue > _spec.Jitter;
        var position = hasRoom ? _after - _spec.Jitter : DateTimeOffset.MinValue;
        string? end = null;
        for (var step = 0; end is null && _running < count && _items.Count < MaxItems; step++)
        {
            var next = _parts.Planned.Next(position);
            AddDropped(position, next);
            if (next is not { } occurrence)
            {
                end = WhyEnded();
            }
            else if (step == ExcludingSchedule.MaxSteps)
            {
                end = $"everything before {Local(occurrence)} is excluded; the search for the next one ends there";
            }
            else if (_parts.Excluding?.Exclusion(occurrence) is var (calendar, until))
            {
                position = AddExcluded(occurrence, calendar.Name, until) ? occurrence : until.AddTicks(-1);
            }
            else
            {
                AddRunning(occurrence);
                position = occurrence;
            }
        }

        EndExcluded();
        return (_items, end);
    }

    /// <summary>Adds what the clocks drop between two occurrences, or within a year after the last one.</summary>
    private void AddDropped(DateTimeOffset after, DateTimeOffset? next)
    {
        if (_dst is null || _parts.Pattern is not var (_, zone) || after > DateTimeOffset.MaxValue - Year)
        {
            return;
        }

        foreach (var change in ClockChange.Between(zone, after.UtcDateTime, (next ?? after + Year).UtcDateTime))
        {
            var at = new DateTimeOffset(change.At);
            if (at > _after && !(at < _spec.Start) && !(at >= _parts.End) && _dst.Dropped(change) is { } dropped)
            {
                EndExcluded();
                _items.Add(dropped);
            }
        }
    }

    /// <summary>Counts an excluded occurrence.</summary>
    /// <returns>Whether the next one is to be counted as well.</returns>
    private bool AddExcluded(DateTimeOffset occurrence, string calendar, DateTimeOffset until)
    {
        if (occurrence <= _after)
        {
            return true;
        }

        if (_excluded is not { } excluded || !string.Equals(excluded.Calendar, calendar, StringComparison.Ordinal))
        {
            EndExcluded();
            excluded = (calendar, occurrence, occurrence, 0);
        }

        var isCounted = excluded.Count + 1 < MostCounted;
        var count = Math.Min(excluded.Count + 1, MostCounted);
        _excluded = excluded with { Last = isCounted ? occurrence : until, Count = count };
        return isCounted;
    }

    private void EndExcluded()
    {
        if (_excluded is not var (calendar, first, last, count))
        {
            return;
        }

        var which = count switch
        {
            1 => string.Empty,
            MostCounted => $"all before {Local(last)} are ",
            _ => string.Create(CultureInfo.InvariantCulture, $"{count} up to {Local(last)} are "),
        };
        var reason = $"{which}excluded by calendar '{calendar}'";
        _items.Add(new ExplainedOccurrence(first, Local(first), Runs: false, count, reason));
        _excluded = null;
    }

    private void AddRunning(DateTimeOffset occurrence)
    {
        var at = _parts.Jittered?.Move(occurrence) ?? occurrence;
        if (at <= _after)
        {
            return;
        }

        EndExcluded();
        var reasons = new List<string>();
        if (_running == 0 && _spec.Start > _after)
        {
            reasons.Add($"the first since the schedule starts at {Local(_spec.Start.Value)}");
        }

        if (_dst?.About(occurrence.UtcDateTime) is { } decision)
        {
            reasons.Add(decision);
        }

        if (at > occurrence)
        {
            var amount = (at - occurrence).ToString("c", CultureInfo.InvariantCulture);
            reasons.Add($"moved {amount} later by jitter, from {Local(occurrence)}");
        }

        _running++;
        _items.Add(new ExplainedOccurrence(
            at, Local(at), Runs: true, Count: 1, reasons.Count == 0 ? null : string.Join("; ", reasons)));
    }

    private string WhyEnded() => _spec switch
    {
        { Cron: null, QuartzCron: null, Rrule: null, Every: null, At: null } => "it runs only when triggered",
        { At: not null } => "it runs once",
        { Rrule: not null, End: { } end } => $"the rule names no later time before the schedule ends at {Local(end)}",
        { Rrule: not null } => "the rule names no later time",
        { End: { } end } => $"the schedule ends at {Local(end)}",
        _ => "the expression names no later time",
    };

    private string Local(DateTimeOffset instant) => LocalTime.Of(TimeZoneInfo.ConvertTime(instant, _zone));
}
