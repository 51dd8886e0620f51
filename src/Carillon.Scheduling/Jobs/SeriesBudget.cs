using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// How many jobs of this node have series of their own on pages of metrics. Each shard brings an equal part of the
/// cluster's limit, and the shards that a node has open pool their parts: a node alone has exactly the limit, several
/// have about as many together. What was decided about a job stays, also when its shard moves. Safe for all threads.
/// </summary>
public sealed class SeriesBudget
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ShardTerm, int> _taken = [];
    private readonly int _maxJobs;
    private readonly int _shardCount;
    private long _total;

    /// <summary>Makes the budget of a node without shards.</summary>
    /// <param name="maxJobs">The limit of the cluster, from 0.</param>
    /// <param name="shardCount">How many shards the cluster has.</param>
    public SeriesBudget(int maxJobs, int shardCount)
    {
        _maxJobs = maxJobs;
        _shardCount = shardCount;
    }

    /// <summary>A shard comes with jobs that have series of their own.</summary>
    public void Open(ShardTerm term, int taken)
    {
        lock (_gate)
        {
            _taken.Add(term, taken);
            _total += taken;
        }
    }

    /// <summary>A shard goes, and its jobs with it; nothing when it was not open.</summary>
    public void Close(ShardTerm term)
    {
        lock (_gate)
        {
            if (_taken.Remove(term, out var taken))
            {
                _total -= taken;
            }
        }
    }

    /// <summary>Takes a place for a new job of an open shard.</summary>
    /// <returns>False when there is none left.</returns>
    public bool TryTake(ShardTerm term)
    {
        lock (_gate)
        {
            if (_total * _shardCount >= (long)_maxJobs * _taken.Count)
            {
                return false;
            }

            _taken[term]++;
            _total++;
            return true;
        }
    }

    /// <summary>Gives the place of a job of an open shard back, which is gone or was never recorded.</summary>
    public void Return(ShardTerm term)
    {
        lock (_gate)
        {
            _taken[term]--;
            _total--;
        }
    }
}
