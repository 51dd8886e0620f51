using System.Text.Json;
using Carillon.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>The statistics of the cluster, as a Prometheus page and as JSON: two renderings of one snapshot.</summary>
internal static class MetricsEndpoints
{
    private const string JsonType = "application/json; charset=utf-8";
    private const string Summary = "/api/v1/scheduler/metrics/summary";

    private static readonly QueryParameters ScopeParameters = new(
        new QueryParameter("scope", "cluster, the default, or node: this process only, always as text."));

    public static void MapRoot(IEndpointRouteBuilder root)
    {
        root.MapGet("/metrics", RootAsync)
            .Describe("The statistics: Prometheus text 0.0.4, or the JSON of the API, as Accept asks for.")
            .Allow(Role.Viewer, ScopeParameters);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/metrics", JsonAsync)
            .Answers<MetricsDocument>("The statistics of the cluster and of each job.")
            .Allow(Role.Viewer);
        api.MapGet("/metrics/prometheus", PageAsync)
            .Describe("The Prometheus page, the same as /metrics at the root.")
            .Allow(Role.Viewer);
        api.MapGet("/metrics/summary", SummaryAsync)
            .Answers<MetricsOverview>("What is recorded, and where it can be had.")
            .Allow(Role.Viewer);
    }

    private static Task<IResult> RootAsync(ApiRequest request)
    {
        switch (request.Query.Text("scope"))
        {
            case null or "cluster":
                return MetricsFormat.PrefersJson(request.Http.Request.Headers)
                    ? JsonAsync(request)
                    : PageAsync(request);
            case "node":
                var page = NodePage.Render(request.Node);
                return Task.FromResult<IResult>(CompressedResult.Of(PrometheusPage.ContentType, page));
            case var other:
                throw QueryFields.Refused("scope", other, "cluster, node");
        }
    }

    private static async Task<IResult> PageAsync(ApiRequest request)
    {
        var reading = await request.Running.Reader.ReadAsync(request.Aborted);
        var page = request.Running.Page.Render(reading.Snapshot);
        request.Http.Response.RegisterForDispose(page);
        return new CompressedResult(PrometheusPage.ContentType, page.CopyToAsync);
    }

    private static async Task<IResult> JsonAsync(ApiRequest request)
    {
        var reading = await request.Running.Reader.ReadAsync(request.Aborted);
        var document = MetricsDocument.Of(reading.Snapshot);
        var envelope = new Envelope<MetricsDocument>(StatusCodes.Status200OK, "success", document);
        return CompressedResult.Of(JsonType, JsonSerializer.SerializeToUtf8Bytes(envelope, WebJson.Options));
    }

    private static async Task<IResult> SummaryAsync(ApiRequest request)
    {
        var reading = await request.Running.Reader.ReadAsync(request.Aborted);
        using var page = request.Running.Page.Render(reading.Snapshot);
        var families = await FamilyList.ReadAsync(page, request.Aborted);
        var path = $"{request.Http.Request.PathBase}{request.Http.Request.Path}".TrimEnd('/');
        var endpoint = path[..^Summary.Length] + "/metrics";
        var since = request.Node.Cluster.GenerationStartedAt;
        return Envelope<MetricsOverview>.Of(new MetricsOverview(request.Node.RecordsOperations, endpoint, since, families));
    }
}
