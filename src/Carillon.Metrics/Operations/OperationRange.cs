using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The minutes or hours of an operation in a period.</summary>
/// <param name="Name">The operation.</param>
/// <param name="Span">Minutes or hours.</param>
/// <param name="From">The first beginning.</param>
/// <param name="To">The first beginning that is too late.</param>
public sealed record OperationRange(string Name, RollupSpan Span, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether a minute or hour is one of them.</summary>
    public bool Holds(OperationRollup rollup)
    {
        ArgumentNullException.ThrowIfNull(rollup);
        return rollup.Span == Span && rollup.Start >= From && rollup.Start < To
            && string.Equals(rollup.Name, Name, StringComparison.Ordinal);
    }
}
