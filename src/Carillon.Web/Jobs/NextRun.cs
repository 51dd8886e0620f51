namespace Carillon.Web;

/// <summary>One occurrence to come.</summary>
/// <param name="ScheduledAt">When it is due.</param>
/// <param name="LocalTime">The same instant on the wall clock of the schedule's zone, with its offset.</param>
internal sealed record NextRun(DateTimeOffset ScheduledAt, string LocalTime);
