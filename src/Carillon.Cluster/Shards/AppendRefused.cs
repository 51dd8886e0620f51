using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>The store refused a value; nothing of the request is recorded, the term goes on.</summary>
/// <param name="Term">The term of the request.</param>
/// <param name="Tag">The tag of the request.</param>
/// <param name="Problem">What the store said.</param>
public sealed record AppendRefused(ShardTerm Term, object? Tag, string Problem) : AppendResult(Term, Tag);
