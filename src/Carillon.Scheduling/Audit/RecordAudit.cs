using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Asks a shard's scheduler to have the state of its audit recorded.</summary>
/// <param name="Save">The audit and what was found.</param>
/// <param name="ReplyTo">Told when it is recorded; nobody is told when the term has ended.</param>
public sealed record RecordAudit(SaveAudit Save, IActorRef<AuditRecorded> ReplyTo);
