using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// The writer's word that terms can go on no longer: they were fenced off, or an append of theirs has an unknown
/// outcome. Nothing held in memory for them may be trusted.
/// </summary>
/// <param name="Terms">The terms.</param>
/// <param name="Fenced">Whether another owner took them; false when an outcome is unknown.</param>
/// <param name="Problem">What happened, for the log.</param>
public sealed record TermsEnded(IReadOnlyList<ShardTerm> Terms, bool Fenced, string Problem)
{
    /// <summary>How many of their writes were fenced off.</summary>
    public int FencedWrites { get; init; }
}
