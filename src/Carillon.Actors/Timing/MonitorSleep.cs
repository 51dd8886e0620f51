namespace Carillon.Actors;

/// <summary>
/// Sleeps on a lock, which counts whole milliseconds. Up to a quarter of one is spun rather than slept too long.
/// </summary>
internal sealed class MonitorSleep : InterruptibleSleep
{
    private const int SpinIterations = 20;
    private static readonly TimeSpan LongestSpin = TimeSpan.FromMicroseconds(250);

    private readonly object _gate = new();
    private bool _interrupted;

    /// <inheritdoc/>
    public override void Sleep(TimeSpan time)
    {
        if (time <= LongestSpin)
        {
            Thread.SpinWait(SpinIterations);
            return;
        }

        lock (_gate)
        {
            if (!_interrupted)
            {
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Ceiling((time - LongestSpin).TotalMilliseconds)));
            }

            _interrupted = false;
        }
    }

    /// <inheritdoc/>
    public override void Interrupt()
    {
        lock (_gate)
        {
            _interrupted = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
