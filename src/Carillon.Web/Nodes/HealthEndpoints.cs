using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>Health: for people, and for whatever restarts or routes to the process. Not in an envelope.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/health", HealthAsync)
            .Describe("Whether the node can work, and each thing it needs.")
            .Allow(Role.Viewer);
        root.MapGet("/health/ready", ReadyAsync)
            .Describe("200 when the node can work, else 503.")
            .AllowEveryone(needsNode: true);
        root.MapGet("/health/live", Live)
            .Describe("200 as long as the process answers.")
            .AllowEveryone(needsNode: false);
    }

    private static async Task<IResult> HealthAsync(ApiRequest request)
    {
        var report = await request.Running.Health.CheckAsync(request.Aborted);
        return Answer(report, report.Status);
    }

    /// <summary>Says no more than the words: it asks for no token.</summary>
    private static async Task<IResult> ReadyAsync(ApiRequest request)
    {
        var report = await request.Running.Health.CheckAsync(request.Aborted);
        var dependencies = report.Dependencies
            .ToDictionary(static d => d.Key, static d => d.Value.Status, StringComparer.Ordinal);
        return Answer(new ReadinessReport(report.Status, dependencies), report.Status);
    }

    private static JsonHttpResult<LivenessReport> Live()
    {
        return Answer(new LivenessReport(HealthStatus.Healthy), HealthStatus.Healthy);
    }

    private static JsonHttpResult<T> Answer<T>(T report, HealthStatus status)
    {
        var code = status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return TypedResults.Json(report, WebJson.Options, statusCode: code);
    }
}
