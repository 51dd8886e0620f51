using System.Collections.Concurrent;
using System.Diagnostics;

namespace Carillon.Metrics;

/// <summary>Counts what was not counted, or not told to a receiver, by reason. Safe to use from any thread.</summary>
public sealed class DroppedMetrics
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Adds to a reason; with 0 it is there from the start.</summary>
    public void Add(string reason, long count)
    {
        _counts.AddOrUpdate(reason, count, (_, before) => before + count);
        if (count > 0)
        {
            SchedulerInstruments.Dropped.Add(count, new TagList { { "reason", reason } });
        }
    }

    /// <summary>The counts as they now are.</summary>
    public IReadOnlyList<NamedCount> Read()
    {
        return [.. _counts.Select(static count => new NamedCount(count.Key, count.Value))];
    }
}
