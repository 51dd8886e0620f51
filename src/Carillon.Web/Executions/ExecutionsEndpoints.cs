using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>Executions: lists and single ones, as the store has them.</summary>
internal static class ExecutionsEndpoints
{
    private const int MaxLimit = 1_000;
    private const int DefaultLimit = 50;

    private static readonly QueryParameters Parameters = new(
        new QueryParameter("from", "Scheduled at or after this time."),
        new QueryParameter("to", "Scheduled before this time."),
        new QueryParameter("status", "pending, running, succeeded, failed, timed_out, cancelled or lost."),
        new QueryParameter("node", "The node that ran the last attempt, by name."),
        new QueryParameter("trigger", "schedule or manual."),
        new QueryParameter("limit", "How many, 1 to 1,000. Default: 50."),
        new QueryParameter("cursor", "next_cursor of the page before."));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/executions", ListOfAllAsync)
            .Answers<ListPage<ExecutionDocument>>("All executions: open ones first, then newest finished first.")
            .Allow(Role.Viewer, Parameters);
        api.MapGet("/jobs/{id}/executions", ListOfJobAsync)
            .Answers<ListPage<ExecutionDocument>>("Those of one job: open ones first, then newest finished first.")
            .Allow(Role.Viewer, Parameters);
        api.MapGet("/executions/{execution}", ReadAsync)
            .Answers<ExecutionDocument>("One execution with everything that is recorded of it.")
            .Allow(Role.Viewer);
    }

    private static async Task<IResult> ListOfAllAsync(ApiRequest request)
    {
        return Envelope<ListPage<ExecutionDocument>>.Of(await ListAsync(request, jobId: null));
    }

    private static async Task<IResult> ListOfJobAsync(ApiRequest request)
    {
        var id = request.JobId;
        var page = await ListAsync(request, id);
        if (page is { Items.Count: 0, Total: 0 })
        {
            // A deleted job still has executions; only where there are none does it matter whether there is a job.
            (await request.Node.Jobs.FindAsync(id, request.Aborted)).OrThrow();
        }

        return Envelope<ListPage<ExecutionDocument>>.Of(page);
    }

    private static async Task<ListPage<ExecutionDocument>> ListAsync(ApiRequest request, string? jobId)
    {
        var asOf = request.Node.Clock.Now();
        var query = new ExecutionQuery
        {
            JobId = jobId,
            From = request.Query.Instant("from"),
            To = request.Query.Instant("to"),
            Status = request.Query.Choice<ExecutionStatus>("status"),
            Node = request.Query.Text("node"),
            Trigger = request.Query.Choice<TriggerKind>("trigger"),
            Limit = request.Query.Number("limit", 1, MaxLimit, DefaultLimit),
            Cursor = request.Query.Text("cursor"),
        };
        var page = await request.Node.Executions.ListExecutionsAsync(query, request.Aborted);
        var items = page.Items.Select(static execution => new ExecutionDocument(execution, isFull: false));
        return new ListPage<ExecutionDocument>([.. items], page.NextCursor, page.Total, page.TotalIsExact, asOf);
    }

    private static async Task<IResult> ReadAsync(ApiRequest request)
    {
        var text = request.Http.GetRouteValue("execution") as string ?? string.Empty;
        return Guid.TryParseExact(text, "D", out var id)
            && await request.Node.Executions.FindExecutionAsync(id, request.Aborted) is { } execution
                ? Envelope<ExecutionDocument>.Of(new ExecutionDocument(execution, isFull: true))
                : throw RequestException.NotFound($"there is no execution '{StoredText.Clean(text, 80)}'");
    }
}
