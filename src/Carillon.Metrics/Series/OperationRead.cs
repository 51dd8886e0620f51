using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>Answers <see cref="ReadOperation"/>.</summary>
/// <param name="Term">The shard, and the term of the owner that answers.</param>
/// <param name="Operations">Each operation and set of labels once, in no particular order.</param>
public sealed record OperationRead(ShardTerm Term, IReadOnlyList<OperationStatistics> Operations);
