using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What became of a <see cref="JobCommand"/>. A success is sent only after its commit.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Job">The job as it now is; as it was, when it was removed; null when there is none.</param>
/// <param name="ExecutionId">The execution that a trigger made, or found by its key.</param>
/// <param name="Problem">What is wrong, or null.</param>
public sealed record JobReply(JobReplyStatus Status, Job? Job = null, Guid? ExecutionId = null, string? Problem = null);
