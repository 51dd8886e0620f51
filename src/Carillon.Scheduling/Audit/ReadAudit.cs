using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Asks a shard's scheduler how far the shard has been audited; no job is looked at.</summary>
/// <param name="ReplyTo">Who gets the answer.</param>
public sealed record ReadAudit(IActorRef<AuditRead> ReplyTo);
