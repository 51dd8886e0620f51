namespace Carillon.Scheduling;

/// <summary>One page of executions.</summary>
/// <param name="Items">In order; at most the limit.</param>
/// <param name="NextCursor">Where the next page begins, or null at the end.</param>
/// <param name="Total">How many match.</param>
/// <param name="TotalIsExact">False when counting stopped at 10,000.</param>
public sealed record ExecutionPage(IReadOnlyList<Execution> Items, string? NextCursor, long Total, bool TotalIsExact);
