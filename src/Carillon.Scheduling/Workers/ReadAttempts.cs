using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Asks a worker how the code of some attempts stands.</summary>
/// <param name="Keys">The attempts.</param>
/// <param name="ReplyTo">Who is told.</param>
public sealed record ReadAttempts(IReadOnlyList<AttemptKey> Keys, IActorRef<LiveAttempts> ReplyTo);
