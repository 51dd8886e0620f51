using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>
/// The kernel's way to its logs. Nothing above a kernel thread would catch what a sink throws, so it is dropped here: a
/// full disk below a log must not end the process.
/// </summary>
internal sealed class GuardedLogger(ILogger inner) : ILogger
{
    private const string Boundary = "Whatever a sink throws, the kernel goes on.";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => inner.BeginScope(state);

    [SuppressMessage("Design", "CA1031", Justification = Boundary)]
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = Boundary)]
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is no other place to tell.
        }
    }
}
