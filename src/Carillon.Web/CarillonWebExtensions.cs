using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Carillon.Web;

/// <summary>Adds the HTTP API and the dashboard to an ASP.NET Core app.</summary>
public static class CarillonWebExtensions
{
    private const string ApiBase = "/api/v1/scheduler";

    /// <summary>
    /// Registers what the endpoints need: <see cref="NodeContextHolder"/>, to be set when the node has started, and
    /// <see cref="SecurityOptions"/>, to be configured as options.
    /// </summary>
    public static IServiceCollection AddCarillonWeb(this IServiceCollection services)
    {
        services.AddOptions<SecurityOptions>();
        services.AddOpenApi(OpenApiEndpoint.DocumentName, OpenApiEndpoint.Configure);
        services.TryAddSingleton<NodeContextHolder>();
        services.TryAddSingleton<AccessRules>();
        services.TryAddSingleton<RequestGuard>();
        return services;
    }

    /// <summary>Maps the API, health, metrics and the dashboard.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">The path below which everything is mapped: empty, or beginning with a slash.</param>
    /// <returns>
    /// For conventions of the host. After <c>RequireAuthorization</c> the host's policy decides who may call anything
    /// at all, with every right, and tokens are not asked for; health probes then need what the policy says.
    /// </returns>
    /// <exception cref="ArgumentException">The prefix does not begin with a slash, or ends with one.</exception>
    public static IEndpointConventionBuilder MapCarillonWeb(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0 && (!prefix.StartsWith('/') || prefix.EndsWith('/')))
        {
            throw new ArgumentException(
                $"prefix '{prefix}' is not a path: write for example /ops/carillon", nameof(prefix));
        }

        var root = endpoints.MapGroup(prefix);
        root.WithGroupName(OpenApiEndpoint.DocumentName);
        var guard = endpoints.ServiceProvider.GetRequiredService<RequestGuard>();
        ((IEndpointConventionBuilder)root).Finally(endpoint => Protect(endpoint, guard));
        DashboardEndpoints.Map(root.MapGroup("").WithTags("Dashboard"));
        PeerEndpoint.Map(root.MapGroup(""));
        HealthEndpoints.Map(root.MapGroup("").WithTags("Health"));
        MetricsEndpoints.MapRoot(root.MapGroup("").WithTags("Metrics"));
        OpenApiEndpoint.Map(root.MapGroup("").WithTags("OpenAPI"));
        NodesEndpoints.Map(root.MapGroup(ApiBase).WithTags("Cluster"));
        NodeActionsEndpoints.Map(root.MapGroup(ApiBase).WithTags("Cluster"));
        SchedulerEndpoints.Map(root.MapGroup(ApiBase).WithTags("Cluster"));
        MetricsEndpoints.Map(root.MapGroup(ApiBase).WithTags("Metrics"));
        JobsEndpoints.Map(root.MapGroup(ApiBase).WithTags("Jobs"));
        StatisticsEndpoints.Map(root.MapGroup(ApiBase).WithTags("Statistics"));
        JobActionsEndpoints.Map(root.MapGroup(ApiBase).WithTags("Jobs"));
        BulkEndpoints.Map(root.MapGroup(ApiBase).WithTags("Jobs"));
        ExecutionsEndpoints.Map(root.MapGroup(ApiBase).WithTags("Executions"));
        OperationsEndpoints.Map(root.MapGroup(ApiBase).WithTags("Operations"));
        AuditEndpoints.Map(root.MapGroup(ApiBase).WithTags("Cluster"));
        UpcomingEndpoints.Map(root.MapGroup(ApiBase).WithTags("Cluster"));
        ErrorsEndpoints.Map(root.MapGroup(ApiBase).WithTags("Executions"));
        ExplainEndpoints.Map(root.MapGroup(ApiBase).WithTags("Jobs"));
        UnknownPaths.Map(root.MapGroup(ApiBase));
        return root;
    }

    private static void Protect(EndpointBuilder endpoint, RequestGuard guard)
    {
        var access = endpoint.Metadata.OfType<EndpointAccess>().LastOrDefault();
        if (access is null || endpoint.RequestDelegate is null)
        {
            throw new InvalidOperationException($"the endpoint {endpoint.DisplayName} does not say who may call it");
        }

        var query = endpoint.Metadata.OfType<QueryParameters>().LastOrDefault();
        endpoint.RequestDelegate = guard.Before(endpoint.RequestDelegate, access, query);
    }
}
