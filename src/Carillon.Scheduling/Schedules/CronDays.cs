namespace Carillon.Scheduling.Schedules;

/// <summary>
/// The two day fields of a cron expression together: when both are restricted, a day that satisfies either matches.
/// </summary>
internal sealed class CronDays
{
    // Bit n is day n of the month, as in every mask of days here.
    private readonly ulong _daysOfMonth;
    private readonly DayOfMonthRule[] _dayOfMonthRules;
    private readonly ulong[] _weekdaysByFirstWeekday;
    private readonly DayOfWeekRule[] _dayOfWeekRules;
    private readonly bool _isRestricted;

    /// <summary>Combines the two parsed fields.</summary>
    public CronDays(CronField dayOfMonth, CronField dayOfWeek)
    {
        _isRestricted = dayOfMonth.IsRestricted || dayOfWeek.IsRestricted;
        _daysOfMonth = dayOfMonth.IsRestricted ? dayOfMonth.Mask : 0;
        _dayOfMonthRules = [.. dayOfMonth.DayOfMonthRules];
        _dayOfWeekRules = [.. dayOfWeek.DayOfWeekRules];
        var weekdays = dayOfWeek.IsRestricted ? dayOfWeek.Mask : 0;
        _weekdaysByFirstWeekday = [.. Enumerable.Range(0, 7).Select(first => DaysWithWeekday(weekdays, first))];
    }

    /// <summary>The matching days of a month as a mask whose bit n is day n.</summary>
    public ulong In(int year, int month)
    {
        var all = ((1UL << DateTime.DaysInMonth(year, month)) - 1) << 1;
        if (!_isRestricted)
        {
            return all;
        }

        var days = _daysOfMonth | _weekdaysByFirstWeekday[(int)new DateTime(year, month, 1).DayOfWeek];
        foreach (var rule in _dayOfMonthRules)
        {
            days |= Bit(rule.In(year, month));
        }

        foreach (var rule in _dayOfWeekRules)
        {
            days |= Bit(rule.In(year, month));
        }

        return days & all;
    }

    private static ulong Bit(int? day) => day is { } bit ? 1UL << bit : 0;

    private static ulong DaysWithWeekday(ulong weekdays, int firstWeekday)
    {
        var days = 0UL;
        for (var day = 1; day <= 31; day++)
        {
            days |= (weekdays >> ((firstWeekday + day - 1) % 7) & 1) << day;
        }

        return days;
    }
}
