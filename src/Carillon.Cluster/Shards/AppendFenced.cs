using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>The term has ended: nothing was recorded, and nothing more will be under it.</summary>
/// <param name="Term">The term of the request.</param>
/// <param name="Tag">The tag of the request.</param>
public sealed record AppendFenced(ShardTerm Term, object? Tag) : AppendResult(Term, Tag);
