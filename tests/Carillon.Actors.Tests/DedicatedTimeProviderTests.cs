using System.Diagnostics;

namespace Carillon.Actors.Tests;

public sealed class DedicatedTimeProviderTests : IDisposable
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly DedicatedTimeProvider _time = new();

    public void Dispose() => _time.Dispose();

    [Fact]
    public async Task Timer_fires_on_the_clocks_own_thread_and_not_early()
    {
        var due = TimeSpan.FromMilliseconds(20);
        var started = Stopwatch.GetTimestamp();
        var fired = new TaskCompletionSource<(bool IsPool, TimeSpan Elapsed)>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = StartOnTimerThread(
            () => fired.SetResult((Thread.CurrentThread.IsThreadPoolThread, Stopwatch.GetElapsedTime(started))), due);

        var (isPool, elapsed) = await fired.Task.Within("timer");
        Assert.False(isPool);
        Assert.True(elapsed >= due, $"fired after {elapsed}");
    }

    [Fact]
    public async Task Whoever_awaits_a_delay_may_block_and_holds_up_no_timer()
    {
        using var released = new ManualResetEventSlim();
        var blocks = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = BlockAfterDelayAsync(blocks, released);
        await blocks.Task.Within("what waits for the delay");
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = StartOnTimerThread(fired.SetResult, TimeSpan.Zero);

        await fired.Task.Within("timer started while it blocks");
        Assert.False(waiting.IsCompleted);
        released.Set();
        await waiting.Within("end of what waited");
    }

    [Fact]
    public async Task Timers_fire_in_due_order_whatever_order_they_were_started_in()
    {
        var order = new List<int>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var timers = new List<ITimer>();
        foreach (var ms in new[] { 60, 20, 40, 0, 80 })
        {
            timers.Add(StartOnTimerThread(
                () =>
                {
                    order.Add(ms);
                    if (ms == 80)
                    {
                        done.SetResult();
                    }
                },
                TimeSpan.FromMilliseconds(ms)));
        }

        await done.Task.Within("five timers");
        timers.ForEach(timer => timer.Dispose());
        Assert.Equal([0, 20, 40, 60, 80], order);
    }

    [Fact]
    public async Task Nearer_timer_is_not_kept_waiting_by_a_far_one()
    {
        using var far = _time.CreateTimer(static _ => { }, null, TimeSpan.FromHours(1), Never);
        for (var i = 0; i < 100; i++)
        {
            var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var near = _time.CreateTimer(_ => fired.SetResult(), null, TimeSpan.FromMilliseconds(1), Never);
            await fired.Task.Within($"near timer {i}");
        }
    }

    [Fact]
    public void Timer_of_a_clock_that_is_over_can_still_be_changed_and_fires_no_more()
    {
        var time = new DedicatedTimeProvider();
        using var timer = time.CreateTimer(static _ => Assert.Fail("it fired"), null, TimeSpan.FromHours(1), Never);
        time.Dispose();
        time.Dispose();

        Assert.True(timer.Change(TimeSpan.Zero, Never));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sleep_is_as_long_as_asked_for_unless_somebody_interrupts_it(bool isOfTheSystem)
    {
        using var sleep = isOfTheSystem ? InterruptibleSleep.Create() : new MonitorSleep();
        var began = Stopwatch.GetTimestamp();
        sleep.Sleep(TimeSpan.FromMilliseconds(20));
        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(19), $"it was {Stopwatch.GetElapsedTime(began)}");

        sleep.Interrupt();
        sleep.Sleep(TimeSpan.FromHours(1)); // returns at once: the interruption waits for it
        var sleeper = new Thread(() => sleep.Sleep(TimeSpan.FromHours(1)));
        sleeper.Start();
        sleep.Interrupt();
        Assert.True(sleeper.Join(TimeSpan.FromSeconds(10)), "it still sleeps");
    }

    [Fact]
    public void Periodic_timer_fires_until_it_is_disposed()
    {
        using var fired = new CountdownEvent(5);
        var interval = TimeSpan.FromMilliseconds(2);
        var timer = StartOnTimerThread(() => _ = fired.IsSet || fired.Signal(), interval, interval);

        fired.WaitHandle.WaitFor("five firings");
        timer.Dispose();
    }

    [Fact]
    public async Task Disposed_timer_does_not_fire()
    {
        var wrong = 0;
        var disposed = _time.CreateTimer(_ => wrong++, null, TimeSpan.FromMilliseconds(20), Never);
        disposed.Dispose();
        var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = _time.CreateTimer(_ => later.SetResult(), null, TimeSpan.FromMilliseconds(40), Never);

        await later.Task.Within("later timer");
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Disposed_clock_starts_no_timers()
    {
        _time.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _time.CreateTimer(static _ => { }, null, Never, Never));
    }

    private ITimer StartOnTimerThread(Action callback, TimeSpan due, TimeSpan? period = null)
    {
        return _time.CreateTimer(
            static state => ((OnTimerThread)state!).Callback(), new OnTimerThread(callback), due, period ?? Never);
    }

    private async Task BlockAfterDelayAsync(TaskCompletionSource blocks, ManualResetEventSlim released)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(1), _time).ConfigureAwait(false);
        blocks.SetResult();
        released.WaitHandle.WaitFor("release");
    }

    private sealed record OnTimerThread(Action Callback) : IRunsOnTimerThread;
}
