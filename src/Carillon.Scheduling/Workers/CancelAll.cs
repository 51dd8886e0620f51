namespace Carillon.Scheduling;

/// <summary>Cancels the token of every running attempt of a worker.</summary>
/// <param name="Reason">A word that is recorded with the outcomes.</param>
public sealed record CancelAll(string Reason);
