using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>A reserved place to run one attempt.</summary>
/// <param name="Id">Unique on its worker.</param>
/// <param name="Node">The incarnation of the worker's node.</param>
/// <param name="Queue">The queue whose share it takes.</param>
/// <param name="GrantedAt">Since when it is reserved.</param>
/// <param name="WaitedFor">What kept the request waiting, if anything did.</param>
public sealed record Slot(long Id, Guid Node, string Queue, DateTimeOffset GrantedAt, WaitCause WaitedFor = WaitCause.Queue);
