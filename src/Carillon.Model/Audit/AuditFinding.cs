namespace Carillon.Model;

/// <summary>A breach of a promise that an audit has found in the records.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ScheduledAt">The occurrence.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Attempt">The later of the two attempts; 0 for an occurrence that was missed.</param>
/// <param name="FoundAt">When it was found.</param>
/// <param name="Evidence">What the records say, in one sentence.</param>
public sealed record AuditFinding(
    string JobId, DateTimeOffset ScheduledAt, AuditFindingKind Kind, int Attempt, DateTimeOffset FoundAt, string Evidence);
