using Microsoft.Extensions.Logging;

namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.logging</c>.</summary>
public sealed class LoggingOptions
{
    /// <summary>The least level that is logged. Default: information.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;

    /// <summary>How the console is written. Default: <see cref="ConsoleFormat.Text"/>.</summary>
    public ConsoleFormat Console { get; set; } = ConsoleFormat.Text;
}
