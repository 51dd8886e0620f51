using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>Errors of attempts, grouped by kind.</summary>
internal static class ErrorsEndpoints
{
    private const int MaxLimit = 1_000;
    private const int DefaultLimit = 50;
    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromDays(1);

    private static readonly QueryParameters Parameters = new(
        new QueryParameter("from", "Attempts that ended at or after this time. Default: a day before to."),
        new QueryParameter("to", "Attempts that ended before this time. Default: now."),
        new QueryParameter("limit", "How many groups, 1 to 1,000. Default: 50."));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/errors", OfAllAsync)
            .Answers<ErrorsDocument>("The errors of all jobs by kind, the most frequent first.")
            .Allow(Role.Viewer, Parameters);
        api.MapGet("/jobs/{id}/errors", OfJobAsync)
            .Answers<ErrorsDocument>("The errors of one job by kind, the most frequent first.")
            .Allow(Role.Viewer, Parameters);
    }

    private static async Task<IResult> OfAllAsync(ApiRequest request)
    {
        return Envelope<ErrorsDocument>.Of(await ListAsync(request, jobId: null));
    }

    private static async Task<IResult> OfJobAsync(ApiRequest request)
    {
        var id = request.JobId;
        var errors = await ListAsync(request, id);
        await request.ThrowIfUnknownAsync(id, hasLeftAnything: errors.Total > 0);
        return Envelope<ErrorsDocument>.Of(errors);
    }

    private static async Task<ErrorsDocument> ListAsync(ApiRequest request, string? jobId)
    {
        var now = request.Node.Clock.Now();
        var to = request.Query.Instant("to") ?? now;
        var from = request.Query.Instant("from")
            ?? (to - DateTimeOffset.MinValue > DefaultPeriod ? to - DefaultPeriod : DateTimeOffset.MinValue);
        if (from >= to)
        {
            throw RequestException.Bad($"from '{InstantText.Format(from)}' is not allowed: a time before to, which is '{InstantText.Format(to)}'");
        }

        var query = new ErrorQuery(from, to, jobId, request.Query.Number("limit", 1, MaxLimit, DefaultLimit));
        return new ErrorsDocument(await request.Node.Executions.ListErrorsAsync(query, request.Aborted), query, now);
    }
}
