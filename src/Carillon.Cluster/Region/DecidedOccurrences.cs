using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>How far decisions about the occurrences of the jobs of a shard are recorded.</summary>
/// <param name="Term">The shard, and the term of the owner that answers.</param>
/// <param name="Through">The last decided occurrence of each job that has one.</param>
public sealed record DecidedOccurrences(ShardTerm Term, IReadOnlyDictionary<string, DateTimeOffset> Through);
