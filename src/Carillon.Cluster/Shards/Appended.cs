using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>The writes are committed.</summary>
/// <param name="Term">The term of the request.</param>
/// <param name="Tag">The tag of the request.</param>
/// <param name="Events">The writes with their numbers, in order.</param>
public sealed record Appended(ShardTerm Term, object? Tag, IReadOnlyList<ShardEvent> Events) : AppendResult(Term, Tag);
