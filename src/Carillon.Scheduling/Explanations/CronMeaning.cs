using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Explanations;

/// <summary>A cron expression in words.</summary>
/// <param name="Fields">The fields that are right, as written; a macro shows the fields it stands for.</param>
/// <param name="Note">How the two day fields go together, where both are restricted; else null.</param>
/// <param name="Faults">What is wrong, in the order of the expression; empty when it can be used.</param>
public sealed record CronMeaning(
    IReadOnlyList<CronFieldMeaning> Fields,
    string? Note,
    IReadOnlyList<CronFault> Faults);
