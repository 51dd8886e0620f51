using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>The term had ended; nothing is recorded, and nothing of it will be any more.</summary>
/// <param name="Term">The term of the request.</param>
/// <param name="Tag">The tag of the request.</param>
public sealed record AppendFenced(ShardTerm Term, object? Tag) : AppendResult(Term, Tag);
