namespace Carillon.Metrics;

/// <summary>One series of a counter with one label.</summary>
/// <param name="Name">The label's value.</param>
/// <param name="Count">The count; it never falls.</param>
public sealed record NamedCount(string Name, long Count);
