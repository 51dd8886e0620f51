namespace Carillon.Cluster;

/// <summary>The store refused a value; nothing of the request is recorded, the term goes on.</summary>
/// <param name="Request">What was to be recorded.</param>
/// <param name="Problem">What the store said.</param>
public sealed record AppendRefused(Append Request, string Problem) : AppendResult(Request);
