namespace Carillon.Metrics;

/// <summary>What pages of the whole cluster show.</summary>
public sealed record PageOptions
{
    /// <summary>
    /// Whether the statistics of jobs are shown. They are kept in any case, so that no total falls when they are shown
    /// again. Default: true.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Other names under which some figures are told, too. Default: none.</summary>
    public IReadOnlyList<LegacyNames> LegacyNames { get; init; } = [];
}
