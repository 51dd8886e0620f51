namespace Carillon.Metrics;

/// <summary>Answers <see cref="MergeDelta"/>: it need not be sent again.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Sequence">The delta.</param>
/// <param name="IsRefused">Whether the store refused a value of it, so that it is not counted.</param>
public sealed record DeltaMerged(int Shard, long Sequence, bool IsRefused = false);
