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
        new QueryParameter("scope", "cluster, the default, or node: this process only, never as JSON."));

    public static void MapRoot(IEndpointRouteBuilder root)
    {
        root.MapGet("/metrics", RootAsync)
            .Describe("The statistics: Prometheus text 0.0.4, OpenMetrics 1.0, or the JSON of the API, as Accept asks for.")
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
        api.MapPost("/metrics/reset", ResetAsync)
            .Answers<ResetDocument>("Sets all counters and windows to zero and the start time to now; what is recorded stays.")
            .Allow(Role.Admin);
        api.MapGet("/metrics/summary", SummaryAsync)
            .Answers<MetricsOverview>("What is recorded, and where it can be had.")
            .Allow(Role.Viewer);
    }

    private static Task<IResult> RootAsync(ApiRequest request)
    {
        switch (request.Query.Text("scope"))
        {
            case null or "cluster":
                return MetricsFormat.Choose(request.Http.Request.Headers) == MetricsForm.Json
                    ? JsonAsync(request)
                    : PageAsync(request);
            case "node":
                return NodePageAsync(request);
            case var other:
                throw QueryFields.Refused("scope", other, "cluster, node");
        }
    }

    private static Task<IResult> PageAsync(ApiRequest request)
    {
        return AnswerAsync(request, async (format, cancellationToken) =>
        {
            var running = request.Running;
            var snapshot = await running.Reader.ReadFiguresAsync(cancellationToken);
            var clock = request.Node.Clock;
            var begun = clock.GetTimestamp();
            var page = running.Page.Render(snapshot, format, cancellationToken);
            running.Cost.Add(page, clock.GetElapsedTime(begun));
            return page;
        });
    }

    private static Task<IResult> NodePageAsync(ApiRequest request)
    {
        var (node, running) = (request.Node, request.Running);
        return AnswerAsync(request, (format, _) => Task.FromResult(
            NodePage.Render(node.NodeName, node.Version, running.Meter.Read(), running.Cost.Figures, node.Lanes(), format)));
    }

    private static async Task<IResult> AnswerAsync(
        ApiRequest request, Func<PageFormat, CancellationToken, Task<PageBuffer>> makeAsync)
    {
        var format = MetricsFormat.ChoosePage(request.Http.Request.Headers);
        using var deadline = new ScrapeDeadline(request.Http, request.Node.Clock);
        var page = await deadline.MakeAsync(cancellationToken => makeAsync(format, cancellationToken));
        request.Http.Response.RegisterForDispose(page);
        return new CompressedResult(PrometheusPage.ContentTypeOf(format), page.Length, page.CopyToAsync);
    }

    private static async Task<IResult> JsonAsync(ApiRequest request)
    {
        if (!request.Node.Pages.Enabled)
        {
            throw RequestException.NotFound("the statistics of jobs are switched off: metrics.enabled = false");
        }

        var document = MetricsDocument.Of(await request.Running.Reader.ReadFiguresAsync(request.Aborted));
        var envelope = new Envelope<MetricsDocument>(StatusCodes.Status200OK, "success", document);
        return CompressedResult.Of(JsonType, JsonSerializer.SerializeToUtf8Bytes(envelope, WebJson.Options));
    }

    private static async Task<IResult> ResetAsync(ApiRequest request)
    {
        (await request.ReadFieldsAsync()).ThrowIfWrong();
        var generation = await request.Node.Membership.ResetStatisticsAsync(request.Aborted);
        request.Node.Generation.Advance(generation); // the other nodes learn of it with their next beat

        // Every shard begins the new generation before the answer.
        await request.Running.Reader.ReadFiguresAsync(request.Aborted);
        return Envelope<ResetDocument>.Of(new ResetDocument(generation.Number, generation.StartedAt));
    }

    private static async Task<IResult> SummaryAsync(ApiRequest request)
    {
        using var page = request.Running.Page.Render(await request.Running.Reader.ReadFiguresAsync(request.Aborted));
        var families = await FamilyList.ReadAsync(page, request.Aborted);
        var path = $"{request.Http.Request.PathBase}{request.Http.Request.Path}".TrimEnd('/');
        var endpoint = path[..^Summary.Length] + "/metrics";
        var since = request.Node.Generation.Newest.StartedAt;
        return Envelope<MetricsOverview>.Of(new MetricsOverview(request.Node.Pages.Enabled, endpoint, since, families));
    }
}
