namespace Carillon.Cluster;

/// <summary>As many actors are known to other nodes as may be.</summary>
internal sealed class ExportsFullException(int capacity) : Exception($"{capacity} actors are exported, and no more may be.");
