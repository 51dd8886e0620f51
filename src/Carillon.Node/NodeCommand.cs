using Carillon.Hosting;

namespace Carillon.Node;

/// <summary>Runs a node from its configuration until it is told to stop.</summary>
internal static class NodeCommand
{
    public static async Task<int> RunAsync(NodeArguments arguments, TextWriter output)
    {
        var (builder, options) = ConfiguredNode.Create(arguments);
        options.Node.Urls = ListenUrls.Choose(options.Node);
        var urls = options.Node.Urls.Split(';', StringSplitOptions.TrimEntries);
        builder.WebHost.UseUrls(urls);
        ConfigureLogging(builder.Logging, options.Logging);

        var app = builder.Build();
        await using (app.ConfigureAwait(false))
        {
            app.MapCarillon();
            using var second = SecondSignal.ExitAtOnce();
            await output.WriteLineAsync(urls[0] + "/scheduler-monitoring");
            await app.RunAsync();
        }

        return ExitCode.Ok;
    }

    private static void ConfigureLogging(ILoggingBuilder logging, LoggingOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);

        // The host logs why it cannot start with a stack trace; whoever started it is told in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (options.Console == ConsoleFormat.Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.IncludeScopes = true;
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
            });
        }
        else
        {
            logging.AddSimpleConsole(text =>
            {
                text.SingleLine = true;
                text.UseUtcTimestamp = true;
                text.TimestampFormat = "HH:mm:ss.fff ";
            });
        }
    }
}
