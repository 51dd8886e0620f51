using Carillon.Scheduling.Calendars;

namespace Carillon.Scheduling.Schedules;

/// <summary>The occurrences of a schedule that are in none of some calendars.</summary>
/// <param name="inner">The schedule.</param>
/// <param name="calendars">The calendars, at least one.</param>
internal sealed class ExcludingSchedule(ISchedule inner, IReadOnlyList<Calendar> calendars) : ISchedule
{
    /// <summary>
    /// How many excluded stretches a search passes. Where more follow one another there is no next occurrence: for
    /// days that is 270 years, for single minutes two months.
    /// </summary>
    public const int MaxSteps = 100_000;

    /// <inheritdoc/>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var from = after;
        for (var step = 0; step < MaxSteps; step++)
        {
            var next = inner.Next(from);
            if (next is not { } occurrence || Exclusion(occurrence) is not var (_, until))
            {
                return next;
            }

            from = until.AddTicks(-1);
        }

        return null;
    }

    /// <summary>What excludes an instant, and until when; null when nothing does.</summary>
    public (Calendar By, DateTimeOffset Until)? Exclusion(DateTimeOffset instant)
    {
        foreach (var calendar in calendars)
        {
            if (calendar.ExcludedUntil(instant) is { } until)
            {
                return (calendar, until);
            }
        }

        return null;
    }
}
