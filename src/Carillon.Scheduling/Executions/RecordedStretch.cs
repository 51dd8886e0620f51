using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>A stretch of occurrences that did not run, as its row says.</summary>
/// <param name="Run">The stretch.</param>
/// <param name="No">The shard's number of its last growth.</param>
public sealed record RecordedStretch(OccurrenceRun Run, long No);
