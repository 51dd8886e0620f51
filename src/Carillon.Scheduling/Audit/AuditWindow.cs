using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What is recorded about one closed time, for all shards.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end, not part of it.</param>
/// <param name="Executed">When executions of each job were scheduled in it.</param>
/// <param name="Repeated">All attempts of executions with an attempt beyond the first that ended in it, by job and occurrence.</param>
internal sealed record AuditWindow(
    DateTimeOffset From,
    DateTimeOffset Until,
    IReadOnlyDictionary<string, HashSet<DateTimeOffset>> Executed,
    ILookup<string, IReadOnlyList<Attempt>> Repeated)
{
    private static readonly HashSet<DateTimeOffset> Nothing = [];

    /// <summary>The jobs of the shard in question that are in <see cref="Repeated"/>.</summary>
    public IReadOnlyList<string> RepeatedJobs { get; init; } = [];

    /// <summary>When executions of a job were scheduled.</summary>
    public IReadOnlySet<DateTimeOffset> ExecutedOf(string jobId)
    {
        return Executed.GetValueOrDefault(jobId) ?? Nothing;
    }
}
