using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>What became of an <see cref="Append"/>: appended, fenced or refused.</summary>
/// <param name="Term">The term of the request.</param>
/// <param name="Tag">The tag of the request.</param>
public abstract record AppendResult(ShardTerm Term, object? Tag);
