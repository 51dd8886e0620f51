using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Executions with more than one attempt.</summary>
/// <param name="Attempts">All their attempts, in no particular order.</param>
/// <param name="CutAt">The end of the last attempt that was looked at, when there may be more; else null.</param>
public sealed record RepeatedExecutions(IReadOnlyList<Attempt> Attempts, DateTimeOffset? CutAt);
