namespace Carillon.Web;

/// <summary>The next occurrences of a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="TimeZone">The zone of its schedule.</param>
/// <param name="WillRun">False while it is paused or disabled: the occurrences are then skipped.</param>
/// <param name="Items">From the next one on; empty when the schedule has ended or there is none.</param>
internal sealed record NextRuns(string JobId, string TimeZone, bool WillRun, IReadOnlyList<NextRun> Items);
