using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>The state of an audit is recorded.</summary>
/// <param name="Audit">The audit as it now is.</param>
public sealed record AuditRecorded(ShardAudit Audit);
