namespace Carillon.Metrics;

/// <summary>How job histories are kept. Checked when made.</summary>
public sealed record HistoryOptions
{
    /// <summary>The most durations that a window may keep.</summary>
    public const int MaxWindow = 100_000;

    private readonly int _window = 1_000;
    private readonly int _snapshotEvents = 500;
    private readonly TimeSpan _snapshotInterval = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The newest durations kept for percentiles. Default: 1,000; 1 to 100,000. Key: <c>metrics.window</c>.
    /// </summary>
    public int Window
    {
        get => _window;
        init => _window = value is >= 1 and <= MaxWindow
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "Window (metrics.window): allowed are 1 to 100000");
    }

    /// <summary>A job's history is saved after this many new facts. Default: 500; from 1.</summary>
    public int SnapshotEvents
    {
        get => _snapshotEvents;
        init => _snapshotEvents = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "SnapshotEvents: allowed are 1 and more");
    }

    /// <summary>A job's history with new facts is saved after this long. Default: 5 min; 1 s to 1 day.</summary>
    public TimeSpan SnapshotInterval
    {
        get => _snapshotInterval;
        init => _snapshotInterval = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "SnapshotInterval: allowed are 1 s to 1 day");
    }
}
