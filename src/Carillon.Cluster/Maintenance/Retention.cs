namespace Carillon.Cluster;

/// <summary>How long recorded history is kept.</summary>
/// <param name="Executions">Executions, and stretches of occurrences that did not run.</param>
/// <param name="MinuteRollups">Figures per minute.</param>
/// <param name="HourRollups">Figures per hour.</param>
public sealed record Retention(TimeSpan Executions, TimeSpan MinuteRollups, TimeSpan HourRollups)
{
    /// <summary>Before when it has expired at <paramref name="now"/>.</summary>
    public Expiry Before(DateTimeOffset now)
    {
        return new Expiry(now - Executions, now - MinuteRollups, now - HourRollups);
    }
}
