using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Node.Logging;

/// <summary>How an entry becomes a line.</summary>
internal interface ILogLineFormat
{
    /// <summary>The line, without its end.</summary>
    string Line<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes);
}
