using System.Collections.Immutable;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// The statistics of the whole cluster at one moment, merged from the parts of its shards. Immutable; the Prometheus
/// page and the JSON document are two renderings of it.
/// </summary>
public sealed class ClusterSnapshot
{
    private static readonly ImmutableArray<WaitCause> Causes = [.. Enum.GetValues<WaitCause>()];

    private ClusterSnapshot(
        ClusterFacts facts,
        int shardsKnown,
        ExecutionCounts totals,
        IReadOnlyList<JobStatistics> jobs,
        IReadOnlyList<StartLag> startLags)
    {
        Facts = facts;
        ShardsKnown = shardsKnown;
        Totals = totals;
        Jobs = jobs;
        StartLags = startLags;
    }

    /// <summary>What the cluster tells about itself: each node, queue and reason once, sorted by name.</summary>
    public ClusterFacts Facts { get; }

    /// <summary>How many shards the figures account for.</summary>
    public int ShardsKnown { get; }

    /// <summary>Whether every shard is accounted for. A page that is not complete must not be served.</summary>
    public bool IsComplete => ShardsKnown == Facts.ShardsTotal;

    /// <summary>The books of the whole cluster, deleted jobs included.</summary>
    public ExecutionCounts Totals { get; }

    /// <summary>
    /// Every job with series of its own, sorted by id in ordinal order; among them, as
    /// <see cref="JobDefinition.SharedId"/>, those that share series together, if there is or was one.
    /// </summary>
    public IReadOnlyList<JobStatistics> Jobs { get; }

    /// <summary>The jobs that share series, one by one, sorted by id; empty unless the parts tell them.</summary>
    public required IReadOnlyList<JobStatistics> Sharing { get; init; }

    /// <summary>The durations of deleted jobs that had series of their own.</summary>
    public required HistogramValues RetiredDurations { get; init; }

    /// <summary>How many jobs there are.</summary>
    public required int JobCount { get; init; }


    /// <summary>
    /// Start lags, sorted by category and cause: every cause of each category that a job has or had, also those that
    /// have not occurred.
    /// </summary>
    public IReadOnlyList<StartLag> StartLags { get; }

    /// <summary>Operations and instruments of the host app.</summary>
    public ClusterSeries Series { get; private init; } = ClusterSeries.Empty;

    /// <summary>
    /// Executions that ran to an end per second since the generation began; 0 while no time has passed.
    /// </summary>
    public double ExecutionsPerSecond =>
        Facts.Uptime > TimeSpan.Zero ? Totals.Outcomes.TotalRuns / Facts.Uptime.TotalSeconds : 0;

    /// <summary>
    /// Merges the parts of the shards. Of several parts of one shard the one of the latest epoch counts.
    /// </summary>
    /// <param name="parts">The jobs of the shards.</param>
    /// <param name="facts">What the cluster tells about itself.</param>
    /// <param name="series">Operations and instruments; none by default.</param>
    /// <exception cref="ArgumentException">
    /// A part belongs to another generation, or to a shard that does not exist.
    /// </exception>
    public static ClusterSnapshot Merge(
        IEnumerable<ShardHistoryPart> parts, ClusterFacts facts, ClusterSeries? series = null)
    {
        var newest = new Dictionary<int, ShardHistoryPart>();
        foreach (var part in parts)
        {
            Check(part, facts);
            if (!newest.TryGetValue(part.Term.Shard, out var known) || known.Term.Epoch < part.Term.Epoch)
            {
                newest[part.Term.Shard] = part;
            }
        }

        var totals = default(ExecutionCounts);
        var shared = SharedFigures.None;
        var jobs = new List<JobStatistics>(newest.Values.Sum(static part => part.Jobs.Count) + 1);
        foreach (var part in newest.Values)
        {
            totals += part.Retired;
            shared = shared.Plus(part.Shared);
            jobs.AddRange(part.Jobs);
        }

        var jobCount = jobs.Count + shared.Jobs;
        if (shared.Jobs > 0 || shared.Counts.Planned > 0)
        {
            jobs.Add(Together(shared));
        }

        totals = jobs.Aggregate(totals, static (sum, job) => sum + job.Counts);
        jobs.Sort(ById);
        return new ClusterSnapshot(Merge(facts), newest.Count, totals, jobs, MergeLags(newest.Values, jobs))
        {
            Series = series ?? ClusterSeries.Empty,
            JobCount = jobCount,
            RetiredDurations = newest.Values.Aggregate(
                HistogramValues.Empty, static (sum, part) => sum.Plus(part.RetiredDurations)),
            Sharing = [.. newest.Values.SelectMany(static part => part.Sharing).Order(Comparer<JobStatistics>.Create(ById))],
        };
    }

    private static int ById(JobStatistics left, JobStatistics right)
    {
        return string.CompareOrdinal(left.JobId, right.JobId);
    }

    /// <summary>The jobs that share series as one; of a window, or of what was last, there is nothing to tell.</summary>
    private static JobStatistics Together(SharedFigures shared)
    {
        return new JobStatistics
        {
            JobId = JobDefinition.SharedId,
            JobName = JobDefinition.SharedId,
            Counts = shared.Counts,
            Durations = shared.Durations,
        };
    }

    private static void Check(ShardHistoryPart part, ClusterFacts facts)
    {
        if (part.Generation != facts.Generation)
        {
            throw new ArgumentException(
                $"shard {part.Term.Shard} answers for generation {part.Generation}, the page is of {facts.Generation}",
                nameof(part));
        }

        if (part.Term.Shard < 0 || part.Term.Shard >= facts.ShardsTotal)
        {
            throw new ArgumentException(
                $"there is no shard {part.Term.Shard}; allowed are 0 to {facts.ShardsTotal - 1}", nameof(part));
        }
    }

    private static ClusterFacts Merge(ClusterFacts facts)
    {
        return facts with
        {
            // A restarted node and its dead incarnation share a name; what was heard last is the node's.
            Nodes = [.. facts.Nodes
                .GroupBy(static node => node.Name, StringComparer.Ordinal)
                .Select(static same => same.MinBy(static node => node.Age)!)
                .OrderBy(static node => node.Name, StringComparer.Ordinal)],
            Queues = [.. facts.Queues
                .GroupBy(static queue => queue.Name, StringComparer.Ordinal)
                .Select(static same => new QueueFacts(
                    same.Key, same.Sum(static queue => queue.Length), same.Max(static queue => queue.Oldest)))
                .OrderBy(static queue => queue.Name, StringComparer.Ordinal)],
        };
    }

    private static List<StartLag> MergeLags(IEnumerable<ShardHistoryPart> parts, List<JobStatistics> jobs)
    {
        var sums = new Dictionary<(string Category, WaitCause Cause), HistogramValues>();
        foreach (var lag in parts.SelectMany(static part => part.StartLags))
        {
            var key = (lag.Category, lag.Cause);
            sums[key] = sums.TryGetValue(key, out var sum) ? sum.Plus(lag.Lag) : lag.Lag;
        }

        var categories = new SortedSet<string>(sums.Keys.Select(static key => key.Category), StringComparer.Ordinal);
        categories.UnionWith(jobs.Select(static job => JobLabels.OrUnknown(job.Category)));
        var lags = new List<StartLag>(categories.Count * Causes.Length);
        foreach (var category in categories)
        {
            foreach (var cause in Causes)
            {
                var lag = sums.GetValueOrDefault((category, cause), HistogramValues.Empty);
                lags.Add(new StartLag(category, cause, lag));
            }
        }

        return lags;
    }
}
