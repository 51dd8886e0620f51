using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>The store or the writer refused the writes; nothing of the request was recorded.</summary>
/// <param name="Term">The term of the request.</param>
/// <param name="Tag">The tag of the request.</param>
/// <param name="Problem">One sentence: what was refused and why.</param>
public sealed record AppendRefused(ShardTerm Term, object? Tag, string Problem) : AppendResult(Term, Tag);
