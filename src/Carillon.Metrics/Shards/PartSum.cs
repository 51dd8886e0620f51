using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>Adds a shard's part of a page up, from what deleted jobs left.</summary>
internal sealed class PartSum
{
    private readonly RetiredHistory _retired;
    private readonly List<JobStatistics> _jobs = [];
    private readonly List<JobStatistics> _sharing = [];
    private readonly SortedDictionary<string, StartLags> _lags = new(StringComparer.Ordinal);
    private readonly DurationHistogram _sharedDurations = new();
    private ExecutionCounts _sharedCounts;
    private int _sharedJobs;

    public PartSum(RetiredHistory retired)
    {
        _retired = retired;
        _sharedCounts = retired.SharedCounts;
        _sharedDurations.Add(retired.SharedDurations);
        foreach (var (category, lags) in retired.Lags)
        {
            LagsOf(category).Add(lags);
        }
    }

    /// <summary>Adds a job.</summary>
    /// <param name="entry">The job.</param>
    /// <param name="alone">Whether it is told by itself, too, when it shares series.</param>
    public void Add(JobEntry entry, bool alone)
    {
        if (!entry.SharesSeries)
        {
            _jobs.Add(entry.Statistics());
        }
        else
        {
            Share(entry.History);
            if (alone)
            {
                _sharing.Add(entry.Statistics());
            }
        }

        if (entry.History is { Lags: { } lags } history)
        {
            LagsOf(history.LagCategory).Add(lags);
        }
    }

    /// <summary>The part.</summary>
    public ShardHistoryPart ToPart(ShardTerm term, long generation)
    {
        return new ShardHistoryPart
        {
            Term = term,
            Generation = generation,
            Jobs = _jobs,
            Sharing = _sharing,
            Shared = new SharedFigures(_sharedJobs, _sharedCounts, _sharedDurations.Values()),
            Retired = _retired.Counts,
            RetiredDurations = _retired.Durations.Values(),
            StartLags = [.. _lags.SelectMany(static category => category.Value.Values(category.Key))],
        };
    }

    private void Share(JobHistory? history)
    {
        _sharedJobs++;
        if (history is null)
        {
            return;
        }

        _sharedCounts += history.Counts;
        if (history.Durations is { } durations)
        {
            _sharedDurations.Add(durations);
        }
    }

    private StartLags LagsOf(string category)
    {
        if (!_lags.TryGetValue(category, out var sum))
        {
            sum = new StartLags();
            _lags.Add(category, sum);
        }

        return sum;
    }
}
