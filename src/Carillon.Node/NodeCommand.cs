using System.Collections;
using System.Globalization;
using Carillon.Cluster;
using Carillon.Hosting;
using Carillon.Node.Hocon;
using Carillon.Node.Samples;
using Carillon.Persistence;

namespace Carillon.Node;

/// <summary>Runs a node from a configuration file until it is told to stop.</summary>
internal static class NodeCommand
{
    private const string Section = "carillon";

    public static async Task<int> RunAsync(string file, IReadOnlyList<string> settings, TextWriter output, TextWriter errors)
    {
        try
        {
            var builder = CreateBuilder(file, settings);
            var options = new CarillonOptions();
            builder.Configuration.GetSection(Section).Bind(options);
            var urls = ListenUrls.Choose(options.Node);
            builder.Configuration[$"{Section}:node:urls"] = urls;
            builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.TrimEntries));
            ConfigureLogging(builder.Logging, options.Logging);
            builder.AddCarillon(Section, carillon => SampleJobs.Register(carillon, TimeProvider.System, new Random()));

            var app = builder.Build();
            await using (app.ConfigureAwait(false))
            {
                app.MapCarillon();
                using var second = SecondSignal.ExitAtOnce();
                await output.WriteLineAsync(urls.Split(';')[0] + "/scheduler-monitoring");
                await app.RunAsync();
            }

            return ExitCode.Ok;
        }
        catch (Exception error) when (Explain(error) is var (code, sentences) && code != ExitCode.Unexplained)
        {
            foreach (var sentence in sentences)
            {
                await errors.WriteLineAsync(sentence);
            }

            return code;
        }
    }

    private static WebApplicationBuilder CreateBuilder(string file, IReadOnlyList<string> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(NodeCommand).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        var schema = ConfigSchema.For<CarillonOptions>(Section);
        builder.Configuration
            .AddHoconFile(file, schema)
            .AddCarillonEnvironment(Environment.GetEnvironmentVariables(), schema)
            .AddCarillonEnvironment(AsVariables(settings), schema);
        return builder;
    }

    /// <summary><c>--set carillon.node.name=a</c> says the same as the variable <c>CARILLON__NODE__NAME=a</c>.</summary>
    private static Hashtable AsVariables(IReadOnlyList<string> settings)
    {
        var variables = new Hashtable();
        foreach (var setting in settings)
        {
            var (key, value) = setting.IndexOf('=', StringComparison.Ordinal) is var at and > 0
                ? (setting[..at], setting[(at + 1)..])
                : throw new CarillonOptionsException([$"--set '{setting}' is not KEY=VALUE: write for example --set node.urls=http://127.0.0.1:8001"]);
            var path = key.StartsWith(Section + ".", StringComparison.Ordinal) ? key[(Section.Length + 1)..] : key;
            variables[$"CARILLON__{path.Replace(".", "__", StringComparison.Ordinal)}"] = value;
        }

        return variables;
    }

    private static void ConfigureLogging(ILoggingBuilder logging, LoggingOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
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

    private static (int Code, IReadOnlyList<string> Sentences) Explain(Exception error)
    {
        return error switch
        {
            InvalidConfigException invalid => (ExitCode.Usage, [.. invalid.Problems.Select(p => p.Message)]),
            HoconException => (ExitCode.Usage, [error.Message]),
            CarillonOptionsException wrong => (ExitCode.Usage, wrong.Problems),
            ClusterMismatchException or SchemaVersionException => (ExitCode.Usage, [error.Message]),
            NodeConflictException or StoreInUseException or PortInUseException => (ExitCode.Conflict, [error.Message]),
            IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => (ExitCode.Conflict, [error.Message]),
            Npgsql.NpgsqlException => (ExitCode.Unreachable, [string.Create(CultureInfo.InvariantCulture, $"the database cannot be used: {error.Message}")]),
            _ => (ExitCode.Unexplained, []),
        };
    }
}
