using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>A term to be given up, and who is to have the shard next.</summary>
/// <param name="Term">The term.</param>
/// <param name="Successor">The incarnation that claims it; null when anybody may.</param>
public sealed record Handover(ShardTerm Term, Guid? Successor);
