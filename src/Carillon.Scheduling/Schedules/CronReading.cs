namespace Carillon.Scheduling.Schedules;

/// <summary>A cron expression, read field by field.</summary>
/// <param name="Fields">
/// The fields that are right: second, minute, hour, day of month, month, day of week and, where written, year.
/// </param>
/// <param name="Faults">What is wrong, in the order of the expression.</param>
/// <param name="HasSeconds">Whether the seconds are written; where they are not, they are 0.</param>
internal sealed record CronReading(
    IReadOnlyList<CronReadField> Fields,
    IReadOnlyList<CronFault> Faults,
    bool HasSeconds);
