using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>The cells of a trend: a row for each key, a cell for each step.</summary>
internal sealed class TrendTable(TrendSteps steps)
{
    private readonly SortedDictionary<string, TrendCell[]> _rows = new(StringComparer.Ordinal);

    /// <summary>Whether the cells know durations, and not only their sums.</summary>
    public bool HasDurations { get; init; }

    /// <summary>The keys, sorted.</summary>
    public IEnumerable<string> Keys => _rows.Keys;

    /// <summary>Makes the table of roll-ups.</summary>
    public static TrendTable Of(TrendSteps steps, IEnumerable<Rollup> rollups, Func<Rollup, string> key)
    {
        var table = new TrendTable(steps) { HasDurations = true };
        foreach (var rollup in rollups)
        {
            table.Cell(key(rollup), rollup.Start).Add(rollup);
        }

        return table;
    }

    /// <summary>Makes the table of sums.</summary>
    public static TrendTable Of(TrendSteps steps, IEnumerable<RollupSum> sums, Func<RollupSum, string> key)
    {
        var table = new TrendTable(steps);
        foreach (var sum in sums)
        {
            table.Cell(key(sum), sum.Start).Add(sum);
        }

        return table;
    }

    /// <summary>The points of a key, with all their figures.</summary>
    public IReadOnlyList<TrendPoint> Points(string key)
    {
        return [.. Row(key).Select((cell, step) => TrendPoint.Of(steps.StartOf(step), cell, HasDurations))];
    }

    /// <summary>The points of one way to end.</summary>
    public IReadOnlyList<TrendPoint> Points(string key, Outcome outcome)
    {
        return [.. Row(key).Select((cell, step) => TrendPoint.Of(steps.StartOf(step), cell, outcome))];
    }

    private TrendCell Cell(string key, DateTimeOffset start)
    {
        return Row(key)[steps.IndexOf(start)];
    }

    private TrendCell[] Row(string key)
    {
        if (!_rows.TryGetValue(key, out var row))
        {
            row = [.. Enumerable.Range(0, steps.Count).Select(static _ => new TrendCell())];
            _rows.Add(key, row);
        }

        return row;
    }
}
