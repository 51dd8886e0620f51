using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StatusCodes = Microsoft.AspNetCore.Http.StatusCodes;

namespace Carillon.Web;

/// <summary>Executions: lists and single ones as the store has them, their output, and what operators do with them.</summary>
internal static class ExecutionsEndpoints
{
    private static readonly TimeSpan LiveTime = TimeSpan.FromSeconds(1);
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
        api.MapGet("/executions/{execution}/output", OutputAsync)
            .Answers<OutputDocument>("What its attempts printed, within history.output-limit.")
            .Allow(Role.Viewer);
        api.MapPost("/executions/{execution}/cancel", CancelAsync)
            .Answers<ExecutionDocument>("Ends an execution that is open.", StatusCodes.Status202Accepted)
            .Takes<CancelRequest>().Allow(Role.Operator);
        api.MapPost("/executions/{execution}/retry", RetryAsync)
            .Answers<TriggerAnswer>(
                "Runs the job once more with the payload of an ended execution.", StatusCodes.Status202Accepted)
            .Allow(Role.Operator);
    }

    private static async Task<IResult> ListOfAllAsync(ApiRequest request)
    {
        return Envelope<ListPage<ExecutionDocument>>.Of(await ListAsync(request, jobId: null));
    }

    private static async Task<IResult> ListOfJobAsync(ApiRequest request)
    {
        var id = request.JobId;
        var page = await ListAsync(request, id);
        await request.ThrowIfUnknownAsync(id, hasLeftAnything: page is not { Items.Count: 0, Total: 0 });
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
        return Envelope<ExecutionDocument>.Of(await DocumentAsync(request, await FindAsync(request)));
    }

    private static async Task<IResult> OutputAsync(ApiRequest request)
    {
        var execution = await FindAsync(request);
        var live = await LiveAsync(request, execution);
        var recorded = await request.Node.Executions.ReadOutputAsync(execution.Id, request.Aborted);
        var ended = recorded.Select(static o => new AttemptOutputDocument(o.Attempt, IsComplete: true, o.Text));
        var running = live
            .Where(l => recorded.All(o => o.Attempt != l.Key.Attempt))
            .Select(static l => (l.Key.Attempt, Text: l.Output.Text()))
            .Where(static l => l.Text is not null)
            .Select(static l => new AttemptOutputDocument(l.Attempt, IsComplete: false, l.Text!));
        var attempts = ended.Concat(running).OrderBy(static o => o.Attempt);
        return Envelope<OutputDocument>.Of(new OutputDocument(execution.Id, [.. attempts]));
    }

    private static async Task<IResult> CancelAsync(ApiRequest request)
    {
        var execution = await FindAsync(request);
        var fields = await request.ReadFieldsAsync();
        var reason = ReasonField.Read(fields, missing: null);
        fields.ThrowIfWrong();
        ThrowIfEnded(execution);
        var reply = await request.Node.Jobs.CancelAsync(
            execution.JobId, execution.ScheduledAt, request.CallerName, reason, request.Aborted);
        if (reply.Status is JobReplyStatus.Conflict or JobReplyStatus.NotFound)
        {
            ThrowIfEnded(await FindAsync(request)); // it may have ended in the meantime
        }

        reply.OrThrow();
        var document = await DocumentAsync(request, await FindAsync(request));
        return Envelope<ExecutionDocument>.Of(document, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> RetryAsync(ApiRequest request)
    {
        var execution = await FindAsync(request);
        (await request.ReadFieldsAsync()).ThrowIfWrong();
        if (execution.Attempts[^1].Result is not { Final: true })
        {
            throw new RequestException(
                StatusCodes.Status409Conflict,
                $"execution '{execution.Id}' has not ended: wait for its end, or cancel it");
        }

        var payload = execution.Attempts[0].Payload;
        var reply = await request.Node.Jobs.TriggerAsync(execution.JobId, payload, cancellationToken: request.Aborted);
        return Envelope<TriggerAnswer>.Of(new TriggerAnswer(reply.OrThrow().ExecutionId), StatusCodes.Status202Accepted);
    }

    private static void ThrowIfEnded(Execution execution)
    {
        if (execution.Attempts[^1].Result is { Final: true, Outcome: var outcome })
        {
            throw new RequestException(
                StatusCodes.Status409Conflict, $"execution '{execution.Id}' has ended: {EnumWords<Outcome>.Of(outcome)}");
        }
    }

    private static async Task<Execution> FindAsync(ApiRequest request)
    {
        var text = request.Http.GetRouteValue("execution") as string ?? string.Empty;
        return Guid.TryParseExact(text, "D", out var id)
            ? await request.Node.Executions.FindExecutionAsync(id, request.Aborted) ?? throw NotFound(text)
            : throw NotFound(text);
    }

    private static RequestException NotFound(string text)
    {
        return RequestException.NotFound($"there is no execution '{StoredText.Clean(text, 80)}'");
    }

    private static async Task<ExecutionDocument> DocumentAsync(ApiRequest request, Execution execution)
    {
        return new ExecutionDocument(execution, isFull: true, await LiveAsync(request, execution));
    }

    private static async Task<IReadOnlyList<LiveAttempt>> LiveAsync(ApiRequest request, Execution execution)
    {
        var byNode = execution.Attempts.Where(static a => a is { StartedNo: not null, Node: not null }).GroupBy(static a => a.Node!.Value, static a => a.Key);
        var live = await Task.WhenAll(byNode.Where(node => request.Node.Directory.Lives(node.Key))
            .Select(node => LiveAsync(request, node.Key, [.. node])));
        return [.. live.SelectMany(static items => items)];
    }

    /// <summary>What a node says of attempts; a node that does not answer says nothing.</summary>
    private static async Task<IReadOnlyList<LiveAttempt>> LiveAsync(ApiRequest request, Guid node, IReadOnlyList<AttemptKey> attempts)
    {
        try
        {
            var answer = await request.Node.Remote.Find(node, RemoteNames.Worker).AskAsync<object, LiveAttempts>(
                replyTo => new ReadAttempts(attempts, replyTo), LiveTime, request.Aborted);
            return answer.Items;
        }
        catch (Exception error) when (error is AskTimeoutException or ActorUnavailableException)
        {
            return [];
        }
    }
}
