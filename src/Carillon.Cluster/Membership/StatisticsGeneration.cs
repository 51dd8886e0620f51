namespace Carillon.Cluster;

/// <summary>The statistics since one reset: counters of different generations are never mixed.</summary>
/// <param name="Number">Grows with every reset.</param>
/// <param name="StartedAt">Since when they count: the cluster's first start, or the last reset.</param>
public sealed record StatisticsGeneration(long Number, DateTimeOffset StartedAt);
