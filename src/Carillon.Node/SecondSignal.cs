using System.Runtime.InteropServices;

namespace Carillon.Node;

/// <summary>The first SIGTERM or SIGINT is the host's: it leaves in order. A second one ends the process at once.</summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;
    private int _signals;

    private SecondSignal()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Count);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Count);
    }

    public static SecondSignal ExitAtOnce()
    {
        return new SecondSignal();
    }

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
    }

    private void Count(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            Environment.Exit(ExitCode.Failed);
        }
    }
}
