using Microsoft.Extensions.Logging;

namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.logging</c>. They are for the <c>carillon</c> process; an app has logging of its own.</summary>
public sealed class LoggingOptions
{
    /// <summary>The least level that is logged. Default: information.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;

    /// <summary>How the console is written. Default: <see cref="LogFormat.Text"/>.</summary>
    public LogFormat Console { get; set; } = LogFormat.Text;

    /// <summary>Of which attempts the end is logged. Default: <see cref="ExecutionLog.Failed"/>.</summary>
    public ExecutionLog Executions { get; set; } = ExecutionLog.Failed;

    /// <summary>A file that is written beside the console.</summary>
    public LogFileOptions File { get; set; } = new();
}
