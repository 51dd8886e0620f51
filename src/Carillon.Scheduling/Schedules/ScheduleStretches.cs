namespace Carillon.Scheduling.Schedules;

/// <summary>
/// Ways over long stretches of occurrences. Each starts at an occurrence; where a schedule counts by arithmetic, none
/// costs more for a longer stretch than a few dozen steps.
/// </summary>
internal static class ScheduleStretches
{
    /// <summary>Whether counting costs the same however many there are.</summary>
    public static bool CountsAtOnce(this ISchedule schedule)
    {
        return schedule is ICountedSchedule { CountsAtOnce: true };
    }

    /// <summary>The last occurrence at or before <paramref name="until"/>.</summary>
    public static DateTimeOffset LastUntil(this ISchedule schedule, DateTimeOffset from, DateTimeOffset until)
    {
        return LastWhere(schedule, from, until, static (_, _) => true, 0);
    }

    /// <summary>The last occurrence that has at least <paramref name="count"/> later ones at or before <paramref name="until"/>.</summary>
    public static DateTimeOffset LastBeforeBacklog(this ISchedule schedule, DateTimeOffset from, DateTimeOffset until, int count)
    {
        return LastWhere(schedule, from, until, (occurrence, enough) => schedule.CountBetween(occurrence, until, enough) >= enough, count);
    }

    /// <summary>The occurrence <paramref name="count"/> after <paramref name="from"/>, or null when that is after <paramref name="until"/>.</summary>
    public static DateTimeOffset? Ahead(this ISchedule schedule, DateTimeOffset from, int count, DateTimeOffset until)
    {
        DateTimeOffset? at = from;
        for (var i = 0; i < count && at <= until; i++)
        {
            at = schedule.Next(at.Value);
        }

        return at <= until ? at : null;
    }

    /// <summary>Goes over the occurrences from <paramref name="from"/> to <paramref name="until"/>, or until the visits are used up.</summary>
    /// <returns>How many there were, from 1, and the last of them.</returns>
    public static (long Count, DateTimeOffset Last) Pass(this ISchedule schedule, DateTimeOffset from, DateTimeOffset until, ref int visits)
    {
        visits--;
        if (from >= until)
        {
            return (1, from);
        }

        if (schedule.CountsAtOnce())
        {
            var last = schedule.LastUntil(from, until);
            return (1 + schedule.CountBetween(from, last, long.MaxValue), last);
        }

        var (count, at) = (1L, from);
        while (visits > 0 && schedule.Next(at) is { } next && next <= until)
        {
            (count, at) = (count + 1, next);
            visits--;
        }

        return (count, at);
    }

    /// <summary>The last occurrence up to an instant for which something holds that holds for every earlier one.</summary>
    private static DateTimeOffset LastWhere<TState>(
        ISchedule schedule, DateTimeOffset from, DateTimeOffset until, Func<DateTimeOffset, TState, bool> holds, TState state)
    {
        var (low, high) = (from, until);
        while (schedule.Next(low) is { } next && next <= high && holds(next, state))
        {
            low = next;
            var middle = low + ((high - low) / 2);
            if (schedule.Next(middle) is { } later && later <= high && holds(later, state))
            {
                low = later;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
