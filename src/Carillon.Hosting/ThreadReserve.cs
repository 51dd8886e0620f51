using Carillon.Actors;

namespace Carillon.Hosting;

/// <summary>
/// Keeps threads of the pool in reserve for the web server and the database driver while user code blocks its own: the
/// pool by itself makes but one or two a second once its minimum is in use, and everything else waits that long.
/// </summary>
/// <remarks>
/// It raises the minimum above what is busy, and lets it fall again. It does not while the processors are busy: then
/// threads are not blocked, and more of them would only be in each other's way.
/// </remarks>
internal sealed class ThreadReserve : IRunsOnTimerThread, IDisposable
{
    /// <summary>How many threads more than are busy the pool may make at once.</summary>
    public const int Reserve = 16;

    /// <summary>The largest minimum; with this many threads blocked the node is beyond help.</summary>
    public const int Most = 1_000;

    private const double BusyProcessors = 0.75;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly int _least;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _lookedAt;
    private TimeSpan _processorTime;

    /// <summary>Raises the minimum for the blocked thread of every slot, and begins to look.</summary>
    /// <param name="slots">How many attempts run at once.</param>
    /// <param name="time">Its timers must not need threads of the pool: a <see cref="DedicatedTimeProvider"/>, or a clock on top of one.</param>
    public ThreadReserve(int slots, TimeProvider time)
    {
        ThreadPool.GetMinThreads(out var min, out var io);
        _least = Math.Max(min, slots + Reserve);
        ThreadPool.SetMinThreads(_least, io);
        _time = time;
        _lookedAt = time.GetTimestamp();
        _processorTime = Environment.CpuUsage.TotalTime;
        _timer = time.CreateTimer(static state => (state as ThreadReserve)?.Look(), this, BetweenLooks, BetweenLooks);
    }

    /// <summary>The minimum that the pool should have.</summary>
    /// <param name="least">What it has at rest.</param>
    /// <param name="min">What it has now.</param>
    /// <param name="busy">How many threads work or are blocked.</param>
    /// <param name="load">What part of the processors this process has been using, 0 to 1.</param>
    public static int Wanted(int least, int min, int busy, double load)
    {
        var wanted = Math.Max(least, Math.Min(busy + Reserve, Most));
        return wanted > min ? (load < BusyProcessors ? wanted : min)
            : Math.Max(wanted, min - 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
    }

    private void Look()
    {
        ThreadPool.GetMaxThreads(out var max, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        ThreadPool.GetMinThreads(out var min, out var io);
        var wanted = Wanted(_least, min, max - available, Load());
        if (wanted != min)
        {
            ThreadPool.SetMinThreads(wanted, io);
        }
    }

    private double Load()
    {
        var now = _time.GetTimestamp();
        var processorTime = Environment.CpuUsage.TotalTime;
        var elapsed = _time.GetElapsedTime(_lookedAt, now);
        var used = processorTime - _processorTime;
        (_lookedAt, _processorTime) = (now, processorTime);
        return elapsed > TimeSpan.Zero ? used / (elapsed * Environment.ProcessorCount) : 1;
    }
}
