using Carillon.Model;

namespace Carillon.Scheduling.Explanations;

/// <summary>One wait on the way of an execution.</summary>
/// <param name="Attempt">The attempt that waited.</param>
/// <param name="Cause">
/// <c>due_time</c> (a trigger for later), <c>retry</c> (the pause before another attempt), or a word of
/// <see cref="WaitCause"/>: the longest of the causes between due time and start, to which all of that wait is booked.
/// </param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; null while it lasts.</param>
public sealed record AttemptWait(int Attempt, string Cause, DateTimeOffset From, DateTimeOffset? To);
