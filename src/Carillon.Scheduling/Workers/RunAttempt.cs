using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Tells a worker to run an attempt whose start is committed.</summary>
/// <param name="Slot">The slot reserved for it.</param>
/// <param name="Term">The term of the sender.</param>
/// <param name="Attempt">The row as committed, without its numbers.</param>
/// <param name="FencingToken">The token of its start.</param>
/// <param name="Job">What to run.</param>
/// <param name="ReplyTo">Who is told the end.</param>
/// <param name="TraceParent">The <c>traceparent</c> of the span of its schedule, which that of its run is below; null where it is not traced.</param>
public sealed record RunAttempt(
    Slot Slot,
    ShardTerm Term,
    Attempt Attempt,
    long FencingToken,
    JobDefinition Job,
    IActorRef<AttemptEnded> ReplyTo,
    string? TraceParent = null);
