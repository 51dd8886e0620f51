using Microsoft.Extensions.Logging;

namespace Carillon.Testing;

/// <summary>Keeps what the nodes of a scene log as a warning or worse.</summary>
public sealed class SceneLog(TimeProvider time) : ILoggerFactory, ILogger
{
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    /// <summary>Everything logged as an error: an actor has failed.</summary>
    public IReadOnlyList<string> Errors => [.. _lines.Where(l => l.Level == LogLevel.Error).Select(l => l.Text)];

    /// <summary>Everything kept, in order.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(l => l.Text)];

    /// <summary>Forgets what was logged.</summary>
    public void Clear()
    {
        _lines.Clear();
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        return this;
    }

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider)
    {
        throw new NotSupportedException("A scene keeps its own log.");
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        return null;
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel)
    {
        return logLevel >= LogLevel.Warning;
    }

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _lines.Add((logLevel, $"{time.GetUtcNow():HH:mm:ss.ffffff} {logLevel}: {formatter(state, exception)} {exception?.Message}"));
        }
    }

    /// <summary>Has nothing to release.</summary>
    public void Dispose()
    {
    }
}
