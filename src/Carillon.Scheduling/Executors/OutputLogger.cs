using System.Globalization;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Scheduling;

/// <summary>Logs to the host, and from information on to the output of the attempt as well.</summary>
internal sealed class OutputLogger(ILogger host, JobOutput output, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        return host.BeginScope(state);
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        return IsKept(logLevel) || host.IsEnabled(logLevel);
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        host.Log(logLevel, eventId, state, exception, formatter);
        if (IsKept(logLevel))
        {
            var at = time.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
            var level = logLevel.ToString().ToLowerInvariant();
            var trace = exception is null ? string.Empty : $"\n{exception}";
            output.WriteLine($"{at} {level} {formatter(state, exception)}{trace}");
        }
    }

    private static bool IsKept(LogLevel level)
    {
        return level is >= LogLevel.Information and < LogLevel.None;
    }
}
