using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// What the records of a shard say, in the form in which its owner says it: for readers when no owner answers. It is as
/// new as anything that an owner has shown, because owners show what is committed. Where an owner must first begin a
/// generation of the statistics, the records cannot tell what it will begin with, and say nothing.
/// </summary>
public sealed class RecordedShard
{
    private readonly ShardTerm _term;
    private readonly ShardRecovery _recovery;
    private readonly ShardHistory _history;
    private readonly SeriesOptions _series;
    private readonly DateTimeOffset _now;

    /// <summary>Takes up the records.</summary>
    /// <param name="recovery">The records, of one moment.</param>
    /// <param name="history">How histories are kept.</param>
    /// <param name="series">How operations and instruments are kept.</param>
    /// <param name="now">The present.</param>
    public RecordedShard(ShardRecovery recovery, HistoryOptions history, SeriesOptions series, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        _term = recovery.Term;
        _recovery = recovery;
        _history = new ShardHistory(recovery, history, now);
        _series = series;
        _now = now;
    }

    /// <summary>The answer to <see cref="GatherHistory"/>; null when the generation has yet to begin.</summary>
    public ShardHistoryPart? History(long generation, bool everyJob)
    {
        return HasBegun(generation) ? _history.Part(everyJob) : null;
    }

    /// <summary>The answer to <see cref="ReadJobStatistics"/>; null when the generation has yet to begin.</summary>
    public JobStatisticsRead? Statistics(long generation, string jobId)
    {
        return HasBegun(generation) ? new JobStatisticsRead(_term, _history.Statistics(jobId)) : null;
    }

    /// <summary>The answer to <see cref="GatherSeries"/>. A generation that has yet to begin counts from zero.</summary>
    public ShardSeriesPart Series(long generation)
    {
        return BookIn(generation).Part();
    }

    /// <summary>The answer to <see cref="ReadOperation"/>. A generation that has yet to begin counts from zero.</summary>
    public OperationRead Operations(long generation, string? name)
    {
        return new OperationRead(_term, BookIn(generation).Operations(name, _now));
    }

    /// <summary>The answer to <see cref="ReadRollups"/> or, for one job, to <see cref="ReadJobRollups"/>.</summary>
    public UnsavedRollups Rollups(string? jobId)
    {
        return new UnsavedRollups(_term, jobId is null ? _history.UnsavedRollups() : _history.UnsavedRollups(jobId));
    }

    private bool HasBegun(long generation)
    {
        return generation <= _history.Generation;
    }

    private SeriesBook BookIn(long generation)
    {
        var book = new SeriesBook(_recovery, _series, generation);
        book.Reset(generation);
        return book;
    }
}
