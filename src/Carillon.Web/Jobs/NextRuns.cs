using Carillon.Scheduling.Explanations;

namespace Carillon.Web;

/// <summary>The next occurrences of a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="TimeZone">The zone of its schedule.</param>
/// <param name="WillRun">False while it is paused or disabled: the occurrences are then skipped.</param>
/// <param name="Items">From the next one on, with those between them that do not run.</param>
/// <param name="Note">Why there are fewer than were asked for; null when there are not.</param>
/// <param name="AffectedDates">The changes of the clocks within a year that the schedule meets.</param>
internal sealed record NextRuns(
    string JobId,
    string TimeZone,
    bool WillRun,
    IReadOnlyList<ExplainedOccurrence> Items,
    string? Note,
    IReadOnlyList<AffectedDate> AffectedDates);
