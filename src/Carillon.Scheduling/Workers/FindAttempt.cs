using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Asks a worker for an attempt that the rows call started. A worker that has it reports to the asker from now on; one
/// that does not will refuse it from any earlier term.
/// </summary>
/// <param name="Key">The attempt.</param>
/// <param name="Term">The term of the asker.</param>
/// <param name="ReplyTo">Who is told.</param>
public sealed record FindAttempt(AttemptKey Key, ShardTerm Term, IActorRef<object> ReplyTo);
