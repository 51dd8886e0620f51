using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Carillon.Node.Logging;

/// <summary>Writes the lines of a format to the console.</summary>
internal sealed class JsonConsole(JsonLogLine format) : ConsoleFormatter(FormatterName)
{
    /// <summary>What the console logger is told to use.</summary>
    public const string FormatterName = "carillon-json";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.WriteLine(format.Line(logEntry, scopeProvider));
    }
}
