using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What becomes of occurrences that do not run.</summary>
/// <param name="Outcome"><see cref="Outcome.Skipped"/> or <see cref="Outcome.Misfired"/>.</param>
/// <param name="Reason">One of <see cref="SkipReasons"/>.</param>
/// <param name="Until">Every occurrence up to this instant ends the same way.</param>
internal readonly record struct SkipVerdict(Outcome Outcome, string Reason, DateTimeOffset Until);
