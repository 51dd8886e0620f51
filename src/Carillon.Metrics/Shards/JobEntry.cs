using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>One job of a shard as its history knows it: names, counts once there are any, and what is not saved.</summary>
internal sealed class JobEntry(JobDefinition definition, DateTimeOffset? createdAt, long throughNo)
{
    private HistorySnapshot _empty = new(definition.Id, throughNo, null, ReadOnlyMemory<byte>.Empty);

    public JobDefinition Definition { get; set; } = definition;

    public DateTimeOffset? CreatedAt => createdAt;

    /// <summary>Null until the first fact: a job that never ran costs next to nothing.</summary>
    public JobHistory? History { get; private set; }

    public DateTimeOffset? NextRunAt { get; set; }

    /// <summary>Whether the store had a snapshot of it at recovery.</summary>
    public bool IsSaved { get; private set; }

    public int NewFacts { get; set; }

    public DateTimeOffset ChangedSince { get; set; }

    public string Category => JobLabels.OrUnknown(Definition.Category);

    public long ThroughNo => History?.ThroughNo ?? _empty.ThroughNo;

    /// <summary>Takes up what was saved, unless it is the history of an earlier job of the same id.</summary>
    public bool TryRestore(HistorySnapshot snapshot, int window)
    {
        var saved = snapshot.State.IsEmpty ? null : JobHistory.Restore(snapshot, Category, window);
        if (createdAt is not null && saved?.JobCreatedAt is { } other && other != createdAt)
        {
            return false;
        }

        IsSaved = true;
        (History, _empty) = (saved, saved is null ? snapshot : _empty);
        return true;
    }

    public void BeginAfter(long throughNo)
    {
        _empty = _empty with { ThroughNo = throughNo };
    }

    public JobHistory Begin(int window)
    {
        if (History is null)
        {
            History = JobHistory.Restore(_empty, Category, window);
            History.JobCreatedAt = createdAt;
        }

        return History;
    }

    public HistorySnapshot Save()
    {
        return History?.Save() ?? _empty;
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
