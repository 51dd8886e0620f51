namespace Carillon.Scheduling.Schedules;

/// <summary>
/// One parsed field of a cron expression. Weekdays are numbered 0 (Sunday) to 6, whatever the dialect.
/// </summary>
internal sealed class CronField
{
    /// <summary>
    /// False when the field is literally <c>*</c> or <c>?</c>: it then leaves the choice of the day to the other
    /// day field.
    /// </summary>
    public required bool IsRestricted { get; init; }

    /// <summary>The matching values, without those that depend on the month.</summary>
    public HashSet<int> Values { get; } = [];

    /// <summary>Days of month that depend on the month.</summary>
    public List<DayOfMonthRule> DayOfMonthRules { get; } = [];

    /// <summary>Weekdays that are counted within the month.</summary>
    public List<DayOfWeekRule> DayOfWeekRules { get; } = [];

    /// <summary>The values of a field whose values are all below 64; bit n is the value n.</summary>
    public ulong Mask => Values.Aggregate(0UL, (mask, value) => mask | (1UL << value));
}
