using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>Tells the <see cref="ShardWriter"/> that a term is over; what it has not sent yet is dropped.</summary>
/// <param name="Term">The term.</param>
public sealed record CloseTerm(ShardTerm Term);
