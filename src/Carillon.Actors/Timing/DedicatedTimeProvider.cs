using System.Diagnostics;

namespace Carillon.Actors;

/// <summary>
/// The system's time, with timers that fire on a thread of their own: user code that blocks the thread pool does not
/// delay them. A callback, and whatever continues inline from it, must not block, and what it throws ends the process,
/// as with any timer. Give user code the system's own provider.
/// </summary>
public sealed class DedicatedTimeProvider : TimeProvider, IDisposable
{
    /// <summary>
    /// The system's waits count whole milliseconds. Up to this much is spun rather than waited too long.
    /// </summary>
    private static readonly TimeSpan LongestSpin = TimeSpan.FromMicroseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly long _origin = Stopwatch.GetTimestamp();
    private readonly TimerQueue _timers;
    private readonly Thread _thread;
    private TimeSpan _wakesAt = TimeSpan.MinValue;
    private bool _disposed;

    /// <summary>Starts the thread.</summary>
    public DedicatedTimeProvider()
    {
        _timers = new TimerQueue(() => Elapsed, WakeFor);
        _thread = new Thread(FireTimers) { IsBackground = true, Name = "carillon-timers" };
        _thread.Start();
    }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_origin);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        return _timers.Create(callback, state, dueTime, period);
    }

    /// <summary>
    /// Ends the thread, waiting at most five seconds for the callback it is in. No further timer fires.
    /// </summary>
    public void Dispose()
    {
        lock (_timers.Gate)
        {
            _disposed = true;
            Monitor.Pulse(_timers.Gate);
        }

        if (!ReferenceEquals(Thread.CurrentThread, _thread))
        {
            _thread.Join(LongestStop);
        }
    }

    private void WakeFor(TimeSpan due)
    {
        // Far timeouts come and go all the time; only one that is due before the thread looks again needs to wake it.
        if (due < _wakesAt)
        {
            Monitor.Pulse(_timers.Gate);
        }
    }

    private void FireTimers()
    {
        while (!Volatile.Read(ref _disposed))
        {
            if (_timers.TakeDue(Elapsed) is { } timer)
            {
                timer.Fire();
            }
            else
            {
                WaitForNext();
            }
        }
    }

    private void WaitForNext()
    {
        lock (_timers.Gate)
        {
            if (_disposed)
            {
                return;
            }

            var due = _timers.NextDue ?? TimeSpan.MaxValue;
            var wait = due - Elapsed;
            if (wait > LongestSpin)
            {
                _wakesAt = due;
                Monitor.Wait(_timers.Gate, WholeMilliseconds(wait));
                _wakesAt = TimeSpan.MinValue;
                return;
            }
        }

        Thread.SpinWait(20);
    }

    /// <summary>Rounds up, unless the rest is short enough to be spun.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan wait)
    {
        return wait > LongestWait
            ? LongestWait
            : TimeSpan.FromMilliseconds(Math.Ceiling((wait - LongestSpin).TotalMilliseconds));
    }
}
