namespace Carillon.Scheduling.Schedules;

/// <summary>What is wrong with a part of a cron expression.</summary>
/// <param name="Start">Where the part begins in the expression, from 0.</param>
/// <param name="Length">How long it is; 0 when something is missing there.</param>
/// <param name="Problem">What is wrong, as a predicate: "has …".</param>
/// <param name="Allowed">What may be written instead.</param>
public sealed record CronFault(int Start, int Length, string Problem, string Allowed);
