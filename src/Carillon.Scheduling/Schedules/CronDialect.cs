namespace Carillon.Scheduling.Schedules;

/// <summary>How a cron expression is laid out and numbered.</summary>
internal enum CronDialect
{
    /// <summary>crontab(5): five fields or six with seconds first; weekdays 0–7, Sunday is 0 and 7.</summary>
    Crontab,

    /// <summary>Quartz: six or seven fields; weekdays 1–7, Sunday is 1; exactly one day field is <c>?</c>.</summary>
    Quartz,
}
