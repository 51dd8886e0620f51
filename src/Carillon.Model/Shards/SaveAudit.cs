namespace Carillon.Model;

/// <summary>
/// Records how far a shard has been audited, replacing what was there, and what was found on the way, in one step: a
/// finding is counted once, whatever fails in between.
/// </summary>
/// <param name="Audit">The audit as it now is.</param>
/// <param name="Findings">What is new.</param>
public sealed record SaveAudit(ShardAudit Audit, IReadOnlyList<AuditFinding> Findings) : ShardWrite
{
    /// <summary>None: it is about the shard.</summary>
    public override string JobId => string.Empty;
}
