using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>Tells a shard's history what was committed: every event of the shard, in the order of their numbers.</summary>
/// <param name="Term">The shard's term.</param>
/// <param name="Events">At least one.</param>
public sealed record CommittedEvents(ShardTerm Term, ArraySegment<ShardEvent> Events);
