namespace Carillon.Actors;

/// <summary>Lets one thread sleep for a time that others may cut short.</summary>
internal abstract class InterruptibleSleep : IDisposable
{
    /// <summary>The most exact one that the system has.</summary>
    public static InterruptibleSleep Create()
    {
        return OperatingSystem.IsLinux() && nint.Size == sizeof(long) ? new LinuxSleep() : new MonitorSleep();
    }

    /// <summary>
    /// Returns when <paramref name="time"/> is over, when somebody interrupts, or has since the last return; now and then
    /// sooner.
    /// </summary>
    public abstract void Sleep(TimeSpan time);

    /// <summary>Ends the sleep, or the next one.</summary>
    public abstract void Interrupt();

    /// <inheritdoc/>
    public abstract void Dispose();
}
