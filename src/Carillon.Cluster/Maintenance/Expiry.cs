namespace Carillon.Cluster;

/// <summary>Before when recorded history has expired.</summary>
/// <param name="Executions">Executions, and stretches of occurrences that did not run.</param>
/// <param name="MinuteRollups">Figures per minute.</param>
/// <param name="HourRollups">Figures per hour.</param>
public sealed record Expiry(DateTimeOffset Executions, DateTimeOffset MinuteRollups, DateTimeOffset HourRollups);
