using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>What became of an <see cref="Append"/>. No result at all means: the outcome is unknown, and the term ends.</summary>
/// <param name="Term">The term of the request.</param>
/// <param name="Tag">The tag of the request.</param>
public abstract record AppendResult(ShardTerm Term, object? Tag);
