using Microsoft.Extensions.Logging;

namespace Carillon.Persistence;

/// <summary>
/// Takes what the driver logs about every statement that has ended, its text and its time, into the notes of the
/// operation under way. Nothing of it is logged here.
/// </summary>
internal sealed class StatementLogger : ILoggerFactory, ILogger
{
    public static readonly StatementLogger Instance = new();

    private StatementLogger()
    {
    }

    public ILogger CreateLogger(string categoryName)
    {
        return this;
    }

    public void AddProvider(ILoggerProvider provider)
    {
        throw new NotSupportedException("It writes notes only.");
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        return null;
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        return logLevel == LogLevel.Information && StatementNotes.Current is not null;
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (StatementNotes.Current is { } notes && state is IReadOnlyList<KeyValuePair<string, object?>> pairs)
        {
            string? text = null;
            long? milliseconds = null;
            foreach (var (key, value) in pairs)
            {
                text = key is "CommandText" ? value as string
                    : key is "BatchCommands" ? Joined(value)
                    : text;
                milliseconds = key is "DurationMs" ? value as long? : milliseconds;
            }

            if (text is not null && milliseconds is { } time)
            {
                notes.Add(text, TimeSpan.FromMilliseconds(time));
            }
        }
    }

    private static string? Joined(object? batch)
    {
        return batch is IEnumerable<string> statements ? string.Join("; ", statements) : batch?.ToString();
    }

    public void Dispose()
    {
        // There is nothing to dispose.
    }
}
