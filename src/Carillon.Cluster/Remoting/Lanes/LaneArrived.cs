namespace Carillon.Cluster;

/// <summary>Another node has connected.</summary>
/// <param name="Hello">What it says; checked.</param>
/// <param name="Connection">The connection; belongs to whoever takes the message.</param>
/// <param name="Done">Completed when the connection is not needed any more.</param>
internal sealed record LaneArrived(LaneHello Hello, ILaneConnection Connection, TaskCompletionSource Done);
