using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Carillon.Metrics;

/// <summary>
/// Counts what a node did not count, or did not tell a receiver, by reason, until its sender takes it along: so the
/// counts are the cluster's, and outlive the process. Safe to use from any thread.
/// </summary>
public sealed class DroppedMetrics
{
    private readonly ConcurrentDictionary<string, StrongBox<long>> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Adds to a reason; with 0 it is there from the start.</summary>
    public void Add(string reason, long count)
    {
        Interlocked.Add(ref _counts.GetOrAdd(reason, static _ => new StrongBox<long>()).Value, count);
        if (count > 0)
        {
            SchedulerInstruments.Dropped.Add(count, new TagList { { "reason", reason } });
        }
    }

    internal void Add(DropReason reason, long count = 1)
    {
        Add(Words.Of(reason), count);
    }

    /// <summary>Moves the counts into the family that shows them. Called by one thread at a time.</summary>
    internal void MoveTo(SeriesBuffer buffer)
    {
        foreach (var (reason, box) in _counts)
        {
            var count = Interlocked.Exchange(ref box.Value, 0);
            if (count > 0 || _told.Add(reason))
            {
                buffer.Count(SeriesName.Dropped, reason, count);
            }
        }
    }
}
