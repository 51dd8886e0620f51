using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Cancels the token of a running attempt. What comes back is its own end.</summary>
/// <param name="Key">The attempt.</param>
/// <param name="Reason">A word that is recorded with the outcome.</param>
public sealed record CancelAttempt(AttemptKey Key, string Reason);
