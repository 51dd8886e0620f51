using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Node.Logging;

/// <summary>One line for people: when, how bad, where from, what, and whose work it was.</summary>
internal sealed class TextLogLine(TimeProvider time) : ILogLineFormat
{
    /// <inheritdoc/>
    public string Line<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes)
    {
        var line = new StringBuilder();
        var at = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        line.Append(CultureInfo.InvariantCulture, $"{at} {entry.LogLevel.ToString().ToLowerInvariant()} {entry.Category}: ");
        line.Append(entry.Formatter(entry.State, entry.Exception));
        scopes?.ForEachScope(static (scope, text) => text.Append(CultureInfo.InvariantCulture, $" [{scope}]"), line);
        if (entry.Exception is { } error)
        {
            line.Append(' ').Append(error);
        }

        return line.Replace("\r", string.Empty).Replace("\n", " ").ToString();
    }
}
