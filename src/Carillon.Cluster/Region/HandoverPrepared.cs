using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>An actor of a shard is ready for the shard to be handed over.</summary>
/// <param name="Term">The term of its owner.</param>
public sealed record HandoverPrepared(ShardTerm Term);
