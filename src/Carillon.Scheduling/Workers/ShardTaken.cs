using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Tells a worker that a term begins, and what of the shard is open. Whatever else the worker still has of the shard has
/// its end recorded, by an append whose outcome nobody learned: it can be forgotten, and need not go on.
/// </summary>
/// <param name="Term">The term.</param>
/// <param name="Open">Every attempt of the shard that is open and has a job.</param>
public sealed record ShardTaken(ShardTerm Term, IReadOnlySet<AttemptKey> Open);
