using Carillon.Model;
using Carillon.Scheduling.Explanations;

namespace Carillon.Node.Cron;

/// <summary>What a cron expression means; the members are those of <c>cron explain --json</c>.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="TimeZone">Its zone.</param>
/// <param name="Dst">What becomes of times that the zone skips or repeats.</param>
/// <param name="Fields">Each field in words.</param>
/// <param name="DaysNote">How the two day fields go together, where both are restricted; else null.</param>
/// <param name="Items">The next times, with those between them that do not run.</param>
/// <param name="Note">Why there are fewer than were asked for; null when there are not.</param>
/// <param name="AffectedDates">The changes of the clocks within a year that it meets.</param>
internal sealed record CronAnswer(
    string Expression,
    string TimeZone,
    DstPolicy Dst,
    IReadOnlyList<CronFieldMeaning> Fields,
    string? DaysNote,
    IReadOnlyList<ExplainedOccurrence> Items,
    string? Note,
    IReadOnlyList<AffectedDate> AffectedDates);
