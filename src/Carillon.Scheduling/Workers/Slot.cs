namespace Carillon.Scheduling;

/// <summary>A reserved place to run one attempt.</summary>
/// <param name="Id">Unique on its worker.</param>
/// <param name="Node">The incarnation of the worker's node.</param>
/// <param name="Queue">The queue whose share it takes.</param>
/// <param name="GrantedAt">Since when it is reserved.</param>
/// <param name="WasLimited">Whether it could have been granted earlier but for the queue's limit of starts.</param>
public sealed record Slot(long Id, Guid Node, string Queue, DateTimeOffset GrantedAt, bool WasLimited = false);
