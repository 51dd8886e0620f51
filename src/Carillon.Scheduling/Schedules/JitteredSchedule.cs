namespace Carillon.Scheduling.Schedules;

/// <summary>
/// Moves each occurrence of a schedule later by a stable amount, so that many jobs with one schedule do not start
/// together.
/// </summary>
/// <remarks>
/// An occurrence o moves to o + f·min(jitter, gap), where f in [0, 1) is a hash of the job id and o, and gap is the
/// time to the occurrence after o, or to the schedule's end. It therefore stays before its successor and before the
/// end: the order of occurrences is kept whatever the jitter, and the moved instant depends on o alone, not on when
/// or from where it is computed.
/// </remarks>
/// <param name="inner">The schedule to spread, bounded by <paramref name="end"/> itself.</param>
/// <param name="jobId">What the amounts are derived from.</param>
/// <param name="jitter">The bound of the amounts, above zero.</param>
/// <param name="end">The end of the inner schedule, or null.</param>
internal sealed class JitteredSchedule(ISchedule inner, string jobId, TimeSpan jitter, DateTimeOffset? end)
    : ICountedSchedule
{
    /// <inheritdoc/>
    public bool CountsAtOnce => inner.CountsAtOnce();

    /// <inheritdoc/>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (LastUnmoved(after) is { } last && Move(last) is var moved && moved > after)
        {
            return moved;
        }

        return inner.Next(after) is { } next ? Move(next) : null;
    }

    /// <inheritdoc/>
    public long CountBetween(DateTimeOffset afterExclusive, DateTimeOffset untilInclusive, long limit)
    {
        if (untilInclusive <= afterExclusive)
        {
            return 0;
        }

        // Order is kept, so at each edge at most one occurrence has been moved across it.
        var enough = Math.Min(limit, long.MaxValue - 1) + 1;
        var unmoved = inner.CountBetween(afterExclusive, untilInclusive, enough);
        return Math.Min(limit, unmoved + MovedPast(afterExclusive) - MovedPast(untilInclusive));
    }

    private int MovedPast(DateTimeOffset instant) => LastUnmoved(instant) is { } last && Move(last) > instant ? 1 : 0;

    /// <summary>The last inner occurrence at or before an instant, unless it is too old to be moved past it.</summary>
    private DateTimeOffset? LastUnmoved(DateTimeOffset instant)
    {
        var reach = instant - DateTimeOffset.MinValue > jitter ? instant - jitter : DateTimeOffset.MinValue;
        var last = inner.Next(reach);
        if (last is null || last > instant)
        {
            return null;
        }

        // Usually the first one found is the only one; otherwise halve the stretch that holds the last one.
        var (low, high) = (last.Value, instant);
        while (inner.Next(low) <= instant && high > low)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = inner.Next(middle) is { } later && later <= instant ? (later, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Where an occurrence of the inner schedule is moved to.</summary>
    public DateTimeOffset Move(DateTimeOffset occurrence)
    {
        var room = (inner.Next(occurrence) ?? end ?? DateTimeOffset.MaxValue) - occurrence;
        var bound = room < jitter ? room : jitter;
        var share = StableHash.Of(jobId, occurrence.UtcTicks);
        var microseconds = Math.BigMul(share, (ulong)(bound.Ticks / TimeSpan.TicksPerMicrosecond), out _);
        return occurrence.AddTicks((long)microseconds * TimeSpan.TicksPerMicrosecond);
    }
}
