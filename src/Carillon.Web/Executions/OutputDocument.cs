namespace Carillon.Web;

/// <summary>What the attempts of an execution printed.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Attempts">Oldest first; those that printed nothing are missing.</param>
internal sealed record OutputDocument(Guid ExecutionId, IReadOnlyList<AttemptOutputDocument> Attempts);
