namespace Carillon.Cluster;

/// <summary>The term had ended; nothing is recorded, and nothing of it will be any more.</summary>
/// <param name="Request">What was to be recorded.</param>
public sealed record AppendFenced(Append Request) : AppendResult(Request);
