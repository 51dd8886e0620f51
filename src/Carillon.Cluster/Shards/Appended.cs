namespace Carillon.Cluster;

/// <summary>The facts are committed.</summary>
/// <param name="Request">What was to be recorded.</param>
/// <param name="LastNo">The number that the last of the writes got; those before it have the numbers before that.</param>
public sealed record Appended(Append Request, long LastNo) : AppendResult(Request);
