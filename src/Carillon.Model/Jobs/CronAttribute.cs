namespace Carillon.Model;

/// <summary>Runs by five crontab fields, or six with seconds first.</summary>
/// <param name="expression">The fields.</param>
public sealed class CronAttribute(string expression) : ScheduleAttribute
{
    /// <summary>The fields.</summary>
    public string Expression { get; } = expression;

    /// <summary>IANA id of the zone they are read in. Default: UTC.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <inheritdoc/>
    public override ScheduleSpec ToSchedule()
    {
        return new ScheduleSpec { Cron = Expression, TimeZone = TimeZone };
    }
}
