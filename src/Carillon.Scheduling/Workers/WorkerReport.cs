namespace Carillon.Scheduling;

/// <summary>A worker's word to the others on how many slots it could lend.</summary>
/// <param name="Node">The incarnation of its node.</param>
/// <param name="Free">Free slots; 0 also when it lends none.</param>
public sealed record WorkerReport(Guid Node, int Free);
