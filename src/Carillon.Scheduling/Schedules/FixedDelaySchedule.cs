namespace Carillon.Scheduling.Schedules;

/// <summary>
/// The occurrence that follows the end of an execution after a fixed time. Who asks gives the end of the last execution
/// as the instant to look after; the sequence of answers is the one of executions that take no time.
/// </summary>
/// <remarks>Occurrences are whole milliseconds, rounded up: the delay is never shorter than asked for.</remarks>
/// <param name="start">The first occurrence, when nothing has run yet, or null.</param>
/// <param name="delay">The time from an end to the next occurrence, above zero.</param>
/// <param name="end">The first instant that may not be an occurrence, or null for no bound.</param>
internal sealed class FixedDelaySchedule(DateTimeOffset? start, TimeSpan delay, DateTimeOffset? end) : ISchedule
{
    /// <inheritdoc/>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (after < start)
        {
            return start;
        }

        if (DateTimeOffset.MaxValue - after <= delay + TimeSpan.FromMilliseconds(1))
        {
            return null;
        }

        var milliseconds = (after.UtcTicks + delay.Ticks - 1) / TimeSpan.TicksPerMillisecond;
        var next = new DateTimeOffset((milliseconds + 1) * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        return end is null || next < end ? next : null;
    }
}
