using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>Facts of one shard that are now committed. They arrive in the order of their numbers, each once.</summary>
/// <param name="Term">The term under which they were written.</param>
/// <param name="Events">In the order of their numbers.</param>
public sealed record CommittedEvents(ShardTerm Term, IReadOnlyList<ShardEvent> Events);
