using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// What the records of a shard say, in the form in which its owner says it: for readers when no owner answers. It is as
/// new as anything that an owner has shown, because owners show what is committed.
/// </summary>
public sealed class RecordedShard
{
    private readonly ShardTerm _term;
    private readonly ShardHistory _history;
    private readonly SeriesBook _series;
    private readonly DateTimeOffset _now;

    /// <summary>Takes up the records.</summary>
    /// <param name="recovery">The records, of one moment.</param>
    /// <param name="history">How histories are kept.</param>
    /// <param name="series">How operations and instruments are kept.</param>
    /// <param name="generation">The generation of the statistics; a shard that has not begun it counts from zero.</param>
    /// <param name="now">The present.</param>
    public RecordedShard(ShardRecovery recovery, HistoryOptions history, SeriesOptions series, long generation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        _term = recovery.Term;
        _now = now;
        _history = new ShardHistory(recovery, history, now);
        if (generation > _history.Generation)
        {
            _history.Reset(generation);
        }

        _series = new SeriesBook(recovery, series, generation);
        _series.Reset(generation);
    }

    /// <summary>The answer to <see cref="GatherHistory"/>.</summary>
    public ShardHistoryPart History(bool everyJob)
    {
        return _history.Part(everyJob);
    }

    /// <summary>The answer to <see cref="GatherSeries"/>.</summary>
    public ShardSeriesPart Series()
    {
        return _series.Part();
    }

    /// <summary>The answer to <see cref="ReadJobStatistics"/>.</summary>
    public JobStatisticsRead Statistics(string jobId)
    {
        return new JobStatisticsRead(_term, _history.Statistics(jobId));
    }

    /// <summary>The answer to <see cref="ReadRollups"/> or, for one job, to <see cref="ReadJobRollups"/>.</summary>
    public UnsavedRollups Rollups(string? jobId)
    {
        return new UnsavedRollups(_term, jobId is null ? _history.UnsavedRollups() : _history.UnsavedRollups(jobId));
    }

    /// <summary>The answer to <see cref="ReadOperation"/>.</summary>
    public OperationRead Operations(string? name)
    {
        return new OperationRead(_term, _series.Operations(name, _now));
    }
}
