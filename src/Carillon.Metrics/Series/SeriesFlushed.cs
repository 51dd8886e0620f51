namespace Carillon.Metrics;

/// <summary>Answers <see cref="FlushSeries"/>: everything recorded before it is committed.</summary>
public sealed record SeriesFlushed;
