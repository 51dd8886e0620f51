using System.Diagnostics;

namespace Carillon.Actors;

/// <summary>
/// The system's time, with timers on a thread of their own. What is known to be short runs there: callbacks whose state is
/// <see cref="IRunsOnTimerThread"/>, and what actors and the shutdown await, because that goes on in their own turns.
/// User code that blocks the thread pool does not delay it. All other callbacks run on the thread pool, since anything may
/// continue from them: an await of <c>Task.Delay</c> goes on where its timer fires, as far as the caller's caller, and what
/// blocks there would stop every timer. What a callback throws ends the process, as with any timer.
/// </summary>
public sealed class DedicatedTimeProvider : TimeProvider, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly long _origin = Stopwatch.GetTimestamp();
    private readonly InterruptibleSleep _sleep = InterruptibleSleep.Create();
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
        return state is IRunsOnTimerThread || SynchronizationContext.Current is HandlerTask or OwnThreadContext
            ? _timers.Create(callback, state, dueTime, period)
            : _timers.Create(PoolCallback.Queue, new PoolCallback(callback, state), dueTime, period);
    }

    /// <summary>
    /// Ends the thread, waiting at most five seconds for the callback it is in. No further timer fires.
    /// </summary>
    public void Dispose()
    {
        lock (_timers.Gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _sleep.Interrupt();
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
            _sleep.Interrupt();
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

        lock (_timers.Gate)
        {
            _sleep.Dispose(); // nobody interrupts it any more
        }
    }

    private void WaitForNext()
    {
        TimeSpan wait;
        lock (_timers.Gate)
        {
            var due = _timers.NextDue ?? TimeSpan.MaxValue;
            wait = due - Elapsed;
            _wakesAt = due;
        }

        _sleep.Sleep(wait < LongestWait ? wait : LongestWait);
        lock (_timers.Gate)
        {
            _wakesAt = TimeSpan.MinValue;
        }
    }
}
