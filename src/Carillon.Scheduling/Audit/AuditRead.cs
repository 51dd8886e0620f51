using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>How far a shard has been audited.</summary>
/// <param name="Term">The shard, and the term of the owner that answers.</param>
/// <param name="Audit">Null when it never was.</param>
public sealed record AuditRead(ShardTerm Term, ShardAudit? Audit);
