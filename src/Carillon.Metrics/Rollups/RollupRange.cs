using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The roll-ups of a period, of one job or of all.</summary>
/// <param name="Span">Minutes or hours.</param>
/// <param name="From">From when on.</param>
/// <param name="To">Before when.</param>
public sealed record RollupRange(RollupSpan Span, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Roll-ups that are left out, because the caller has newer forms of them. Default: none.</summary>
    public IReadOnlyList<Rollup> Except { get; init; } = [];

    /// <summary>Whether a roll-up is of this span and begins in the period.</summary>
    public bool Holds(Rollup rollup)
    {
        ArgumentNullException.ThrowIfNull(rollup);
        return rollup.Span == Span && rollup.Start >= From && rollup.Start < To;
    }
}
