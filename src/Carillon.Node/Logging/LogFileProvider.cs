using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Node.Logging;

/// <summary>Loggers that write to a <see cref="LogFile"/>, which ends with them.</summary>
internal sealed class LogFileProvider(LogFile file, ILogLineFormat format) : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        return new FileLogger(this, categoryName);
    }

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider)
    {
        _scopes = scopeProvider;
    }

    /// <summary>The line that tells how many lines were dropped.</summary>
    public static string Dropped(ILogLineFormat format, long lines)
    {
        var entry = new LogEntry<KeyValuePair<string, object?>[]>(
            LogLevel.Warning,
            typeof(LogFile).FullName!,
            default,
            [new("lines", lines), new("{OriginalFormat}", "{lines} lines were dropped: they came faster than they could be written.")],
            null,
            static (state, _) => $"{state[0].Value} lines were dropped: they came faster than they could be written.");
        return format.Line(entry, null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Dispose();
    }

    private sealed class FileLogger(LogFileProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            return provider._scopes?.Push(state);
        }

        public bool IsEnabled(LogLevel logLevel)
        {
            return logLevel != LogLevel.None;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var entry = new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter);
            provider.Add(entry);
        }
    }

    private void Add<TState>(in LogEntry<TState> entry)
    {
        file.Add(format.Line(entry, _scopes));
    }
}
