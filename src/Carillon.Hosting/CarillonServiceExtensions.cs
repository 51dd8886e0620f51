using System.Security.Cryptography;
using Carillon.Metrics;
using Carillon.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Carillon.Hosting;

/// <summary>Puts a Carillon node into a host, and its endpoints into an ASP.NET Core app.</summary>
public static class CarillonServiceExtensions
{
    /// <summary>How long a host waits for a node beyond its drain: cancelling, saving and leaving have their own bounds.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(25);

    /// <summary>Adds a node that starts and stops with the host.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="section">The section of configuration that holds the settings. Default: <c>carillon</c>.</param>
    /// <param name="configure">Declares jobs and changes settings.</param>
    /// <exception cref="CarillonOptionsException">The settings are wrong; every problem is named.</exception>
    public static IHostApplicationBuilder AddCarillon(
        this IHostApplicationBuilder builder, string section = "carillon", Action<CarillonBuilder>? configure = null)
    {
        var declared = new CarillonBuilder();
        configure?.Invoke(declared);
        var options = new CarillonOptions();
        builder.Configuration.GetSection(section).Bind(options);
        declared.Apply(options);

        var jobs = options.Jobs.Select(DeclaredJobs.ToDefinition).Concat(declared.Jobs).ToArray();
        var problems = OptionsCheck.Problems(options).Concat(declared.Problems).ToList();
        var calendars = ConfiguredCalendars.Read(options, problems);
        problems.AddRange(DeclaredJobs.Problems(jobs, calendars, options.Security.AllowProcess));
        if (options.Store.Provider == StoreProvider.Sqlite)
        {
            // In a cluster another node may have the code.
            problems.AddRange(DeclaredJobs.UnknownClasses(jobs, declared.Classes));
        }

        if (problems.Count > 0)
        {
            throw new CarillonOptionsException(problems);
        }

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(Options.Create(options.Security));
        builder.Services.AddSingleton(declared.Classes);
        builder.Services.AddCarillonWeb();
        builder.Services.AddSingleton(new OperationRecorder(
            new OperationRecorderOptions { IsEnabled = options.Metrics.Enabled, MaxLabelSets = options.Metrics.MaxLabelSets },
            TimeProvider.System));
        builder.Services.AddSingleton<IOperationMetrics>(static services => services.GetRequiredService<OperationRecorder>());
        builder.Services.AddHealthChecks().AddCheck<NodeHealthCheck>("carillon");
        builder.Services.AddHostedService(services => new NodeService(
            () => new CarillonNode(
                options,
                NodeIdentity.From(options.Node, new Guid(RandomNumberGenerator.GetBytes(16))),
                declared.Classes,
                services.GetRequiredService<OperationRecorder>(),
                services.GetRequiredService<IServiceScopeFactory>(),
                services.GetRequiredService<ILoggerFactory>()),
            jobs,
            services.GetRequiredService<NodeContextHolder>(),
            services.GetRequiredService<IHostApplicationLifetime>(),
            TimeProvider.System,
            services.GetRequiredService<ILogger<NodeService>>()));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Workers.DrainTimeout + LeaveTime);
        return builder;
    }

    /// <summary>Maps the API, the metrics, the health endpoints and the dashboard.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">A path under which everything lies, such as <c>/ops/carillon</c>. Default: the root.</param>
    public static IEndpointConventionBuilder MapCarillon(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        return endpoints.MapCarillonWeb(prefix);
    }
}
