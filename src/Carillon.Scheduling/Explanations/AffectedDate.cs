namespace Carillon.Scheduling.Explanations;

/// <summary>A change of the clocks that changes when a schedule is due.</summary>
/// <param name="ChangesAt">The instant of the change.</param>
/// <param name="Date">The day of the change on the wall clock, <c>2026-03-29</c>.</param>
/// <param name="Decision">Which times do not exist or come twice, and what becomes of them.</param>
public sealed record AffectedDate(DateTimeOffset ChangesAt, string Date, string Decision);
