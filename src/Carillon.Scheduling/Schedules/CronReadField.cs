namespace Carillon.Scheduling.Schedules;

/// <summary>A field of a cron expression as written and as understood.</summary>
/// <param name="Kind">Which field.</param>
/// <param name="Text">What is written there.</param>
/// <param name="Field">What it means.</param>
internal sealed record CronReadField(CronFieldKind Kind, string Text, CronField Field);
