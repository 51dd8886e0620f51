using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>A worker's word that it never got an attempt, and that no earlier term can start it there any more.</summary>
/// <param name="Key">The attempt.</param>
/// <param name="Node">The incarnation of the worker's node.</param>
public sealed record AttemptUnknown(AttemptKey Key, Guid Node);
