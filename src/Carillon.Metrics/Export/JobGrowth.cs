using System.Collections.Immutable;

namespace Carillon.Metrics;

/// <summary>What became of a job since the export before.</summary>
/// <param name="Job">Its figures as they now are.</param>
/// <param name="Counters">By how much each of <see cref="ExportedCounter.All"/> grew.</param>
internal sealed record JobGrowth(JobStatistics Job, ImmutableArray<long> Counters);
