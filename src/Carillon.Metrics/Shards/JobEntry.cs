using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// One job of a shard as its history knows it. A job without facts is this and nothing more, so a million of them fit.
/// </summary>
internal sealed class JobEntry(JobDefinition definition, long createdNo, bool sharesSeries)
{
    private long _nextRunTicks;

    public JobDefinition Definition { get; set; } = definition;

    /// <summary><see cref="Job.CreatedNo"/>.</summary>
    public long CreatedNo => createdNo;

    /// <summary><see cref="Job.SharesSeries"/>.</summary>
    public bool SharesSeries => sharesSeries;

    /// <summary>Null until the first fact.</summary>
    public JobHistory? History { get; private set; }

    public DateTimeOffset? NextRunAt
    {
        get => Instant.OfTicks(_nextRunTicks);
        set => _nextRunTicks = Instant.TicksOf(value);
    }

    public int NewFacts { get; set; }

    public DateTimeOffset ChangedSince { get; set; }

    public string Category => JobLabels.OrUnknown(Definition.Category);

    public long ThroughNo => History?.ThroughNo ?? createdNo;

    public void Restore(HistorySnapshot snapshot, int window)
    {
        History = JobHistory.Restore(snapshot, Category, window, sharesSeries);
    }

    public JobHistory Begin(int window)
    {
        return History ??= new JobHistory(Definition.Id, createdNo, Category, window, sharesSeries);
    }

    public JobStatistics Statistics()
    {
        return History?.Statistics(Definition, NextRunAt) ?? new JobStatistics
        {
            JobId = Definition.Id,
            JobName = Definition.DisplayName,
            Owner = Definition.Owner,
            Category = Definition.Category,
            NextRunAt = NextRunAt,
        };
    }
}
