using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>The jobs of one shard.</summary>
/// <param name="Term">The term under which they were read.</param>
/// <param name="Jobs">In no particular order.</param>
public sealed record JobList(ShardTerm Term, IReadOnlyList<Job> Jobs)
{
    /// <summary>Since when the shard has had its owner.</summary>
    public DateTimeOffset ActivatedAt { get; init; }

    /// <summary>How far the shard has been audited; null when it never was.</summary>
    public ShardAudit? Audit { get; init; }

    /// <summary>When those jobs are due next whose schedule follows the end of their runs, as far as that is known.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> DueAfterEnd { get; init; } = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
}
