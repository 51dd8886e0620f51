using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Carillon.Actors;

/// <summary>
/// Sleeps in <c>ppoll(2)</c> on an <c>eventfd(2)</c>: exact to some ten microseconds, and nothing is spun.
/// </summary>
internal sealed partial class LinuxSleep : InterruptibleSleep
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const short Readable = 1;
    private const int SetTimerSlack = 29;
    private const long NanosecondsPerTick = 100;

    private readonly SafeFileHandle _event;
    private bool _isExact;

    public LinuxSleep()
    {
        var descriptor = EventFd(0, NonBlocking | CloseOnExec);
        _event = descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), "no eventfd for timers");
    }

    /// <inheritdoc/>
    public override void Sleep(TimeSpan time)
    {
        if (!_isExact)
        {
            _isExact = true;
            _ = Control(SetTimerSlack, 1, 0, 0, 0); // of this thread; else the system adds up to 50 µs, which is no failure
        }

        var ticks = Math.Max(0, time.Ticks);
        var timeout = new Timespec(ticks / TimeSpan.TicksPerSecond, ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick);
        var poll = new PollDescriptor { Descriptor = (int)_event.DangerousGetHandle(), Events = Readable };
        if (Poll(ref poll, 1, in timeout, 0) > 0)
        {
            _ = Read(_event, out _, sizeof(ulong)); // it is counted down to nothing
        }
    }

    /// <inheritdoc/>
    public override void Interrupt()
    {
        _ = Write(_event, 1, sizeof(ulong)); // fails only while it is set 2⁶⁴ times already
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _event.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "ppoll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollDescriptor descriptor, nuint count, in Timespec timeout, nint signals);

    [LibraryImport("libc", EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(SafeFileHandle descriptor, out ulong value, nuint size);

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(SafeFileHandle descriptor, in ulong value, nuint size);

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Timespec(long Seconds, long Nanoseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
