using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>
/// A way to logs whose sinks may throw: what they throw is dropped. A full disk below a log must not end the process, nor
/// decide how an attempt ended.
/// </summary>
/// <param name="inner">The logger that is given everything.</param>
public sealed class GuardedLogger(ILogger inner) : ILogger
{
    private const string Boundary = "Whatever a sink throws, the work goes on.";

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = Boundary)]
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return inner.BeginScope(state);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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
