namespace Carillon.Web;

/// <summary>What a trigger made.</summary>
/// <param name="ExecutionId">The execution; committed, and about to run.</param>
internal sealed record TriggerAnswer(Guid? ExecutionId);
