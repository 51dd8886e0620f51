using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>What the store answers to a heartbeat.</summary>
/// <param name="Now">The store's time.</param>
/// <param name="Pause">The last pause of the whole scheduler that nobody has ended, or null.</param>
/// <param name="Generation">The generation of the statistics.</param>
/// <param name="Status">Where the node stands by its row: another node may have asked it to leave, or to stay.</param>
public sealed record BeatReply(DateTimeOffset Now, Pause? Pause, StatisticsGeneration Generation, NodeStatus Status);
