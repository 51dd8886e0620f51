using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>How far a shard has been audited.</summary>
/// <param name="Audit">Null when it never was.</param>
public sealed record AuditRead(ShardAudit? Audit);
