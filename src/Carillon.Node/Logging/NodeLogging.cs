using System.Diagnostics.CodeAnalysis;
using Carillon.Hosting;
using Microsoft.Extensions.Logging.Console;

namespace Carillon.Node.Logging;

/// <summary>Sets logging up as the configuration says.</summary>
internal static class NodeLogging
{
    /// <summary>Replaces what the host would do by itself.</summary>
    /// <param name="logging">The host's logging.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="time">The clock of the lines.</param>
    /// <param name="errors">Where it is told that the file cannot be written.</param>
    /// <exception cref="LogFileException">The file cannot be written.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The provider disposes the file, and the host the provider.")]
    public static void Configure(ILoggingBuilder logging, LoggingOptions options, string node, TimeProvider time, TextWriter errors)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);

        // The host logs why it cannot start with a stack trace; whoever started it is told in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (options.Executions != ExecutionLog.All)
        {
            logging.AddFilter("Carillon.Executions", options.Executions == ExecutionLog.None ? LogLevel.None : LogLevel.Warning);
        }

        // Trace and span have names of their own in the lines.
        logging.Configure(static factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.None);
        var json = new JsonLogLine(node, time);
        AddConsole(logging, options.Console, json);
        if (options.File.Path is { } path)
        {
            ILogLineFormat format = options.File.Format == LogFormat.Json ? json : new TextLogLine(time);
            var limits = new LogFileLimits(options.File.MaxSize, options.File.MaxFiles);
            var file = new LogFile(path, limits, lines => LogFileProvider.Dropped(format, lines), errors, time);
            logging.Services.AddSingleton<ILoggerProvider>(_ => new LogFileProvider(file, format));
        }
    }

    private static void AddConsole(ILoggingBuilder logging, LogFormat format, JsonLogLine json)
    {
        // A console that nobody reads must not hold the node up.
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        if (format == LogFormat.Json)
        {
            logging.Services.AddSingleton(json);
            logging.AddConsole(static console => console.FormatterName = JsonConsole.FormatterName);
            logging.Services.AddSingleton<ConsoleFormatter, JsonConsole>();
        }
        else
        {
            logging.AddSimpleConsole(static text =>
            {
                text.SingleLine = true;
                text.UseUtcTimestamp = true;
                text.TimestampFormat = "HH:mm:ss.fff ";
            });
        }
    }
}
