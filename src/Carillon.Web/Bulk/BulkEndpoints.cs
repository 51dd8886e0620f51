using System.Text.Json;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StatusCodes = Microsoft.AspNetCore.Http.StatusCodes;

namespace Carillon.Web;

/// <summary>One action on many jobs.</summary>
internal static class BulkEndpoints
{
    /// <summary>The most jobs of one request.</summary>
    public const int MaxJobs = 10_000;

    private const int MaxBody = 16 * 1024 * 1024;

    /// <summary>How many jobs are under way at once: enough to fill the store's flushes.</summary>
    private const int AtOnce = 1_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/jobs/bulk", RunAsync)
            .Answers<BulkAnswer>("Creates, pauses, resumes, triggers or deletes many jobs, each by itself.")
            .Takes<BulkRequest>().Allow(Role.Operator);
    }

    private static async Task<IResult> RunAsync(ApiRequest request)
    {
        var fields = await request.ReadFieldsAsync(MaxBody);
        var action = ReadAction(fields);
        if (action is BulkAction.Create or BulkAction.Delete)
        {
            request.Require(Role.Admin);
        }

        var items = action == BulkAction.Create
            ? await CreateAsync(request, fields)
            : await ActAsync(request, fields, action);
        var succeeded = items.Count(static item => item.Code < StatusCodes.Status400BadRequest);
        return Envelope<BulkAnswer>.Of(new BulkAnswer(items.Count, succeeded, items.Count - succeeded, items));
    }

    private static BulkAction ReadAction(JsonFields fields)
    {
        var allowed = string.Join(", ", EnumWords<BulkAction>.All);
        return fields.Text("action") is { } word
            ? EnumWords<BulkAction>.Find(word) ?? throw QueryFields.Refused("action", word, allowed)
            : throw RequestException.Bad($"action is needed: {allowed}");
    }

    private static Task<IReadOnlyList<BulkItem>> CreateAsync(ApiRequest request, JsonFields fields)
    {
        var jobs = fields.Items("jobs", MaxJobs);
        fields.ThrowIfWrong();
        return EachAsync(jobs, job => CreateAsync(request, job));
    }

    private static async Task<BulkItem> CreateAsync(ApiRequest request, JsonElement job)
    {
        string? id = null;
        try
        {
            if (job.ValueKind != JsonValueKind.Object)
            {
                throw RequestException.Bad("a job is not a JSON object");
            }

            var fields = new JsonFields(job);
            id = fields.Text("id");
            var definition = JobJson.Read(
                fields, pathId: null, current: null, request.Node.AllowProcess, request.Node.Calendars);
            var reply = await request.Node.Jobs.PutAsync(
                definition, PutMode.Create, JobSource.Api, request.Aborted);
            reply.OrThrow();
            return new BulkItem(id, StatusCodes.Status201Created);
        }
        catch (Exception problem) when (Problems.IsAnswer(problem))
        {
            return Failed(id, problem);
        }
    }

    private static async Task<IReadOnlyList<BulkItem>> ActAsync(
        ApiRequest request, JsonFields fields, BulkAction action)
    {
        var reason = ReasonField.Read(fields, $"paused by {request.CallerName}");
        var ids = fields.Texts("ids");
        var filter = fields.Object("filter");
        var expected = fields.Number("expected_count", -1);
        var query = filter is null ? null : JobListQuery.Read(filter);
        if ((ids.Count == 0) == (query is null))
        {
            fields.Note("either ids or filter is needed, and not both");
        }

        if (ids.Count > MaxJobs)
        {
            fields.Note($"ids has {ids.Count} items: 1 to {MaxJobs} are allowed");
        }

        if (query is not null && expected < 0)
        {
            fields.Note("expected_count is missing: with a filter, say how many jobs it should match");
        }

        fields.ThrowIfWrong();
        if (query is not null)
        {
            ids = Matching(query, await request.Running.Reader.ReadAsync(request.Aborted), expected);
        }

        return await EachAsync(ids, id => ActAsync(request, action, id, reason));
    }

    private static List<string> Matching(JobListQuery query, ClusterReading reading, int expected)
    {
        var matching = query.Matching(reading).Select(static row => row.Job.Id).ToList();
        if (matching.Count != expected)
        {
            throw new RequestException(
                StatusCodes.Status409Conflict, $"the filter matches {matching.Count} jobs, not {expected}; nothing was done");
        }

        return matching.Count <= MaxJobs
            ? matching
            : throw RequestException.Bad($"the filter matches {matching.Count} jobs: at most {MaxJobs} are allowed");
    }

    private static async Task<BulkItem> ActAsync(ApiRequest request, BulkAction action, string id, string reason)
    {
        try
        {
            ApiRequest.ThrowIfNoId(id);
            var jobs = request.Node.Jobs;
            var reply = action switch
            {
                BulkAction.Pause => await jobs.PauseAsync(id, reason, request.CallerName, cancellationToken: request.Aborted),
                BulkAction.Resume => await jobs.ResumeAsync(id, request.Aborted),
                BulkAction.Trigger => await jobs.TriggerAsync(id, cancellationToken: request.Aborted),
                _ => await jobs.RemoveAsync(id, request.Aborted),
            };
            var isTrigger = action == BulkAction.Trigger;
            var code = isTrigger ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
            return new BulkItem(id, code, ExecutionId: reply.OrThrow().ExecutionId);
        }
        catch (Exception problem) when (Problems.IsAnswer(problem))
        {
            return Failed(id, problem);
        }
    }

    private static BulkItem Failed(string? id, Exception problem)
    {
        var document = Problems.Of(problem, isChange: true);
        return new BulkItem(id, document.Status, document.Message);
    }

    private static async Task<IReadOnlyList<BulkItem>> EachAsync<T>(
        IReadOnlyList<T> inputs, Func<T, Task<BulkItem>> act)
    {
        var items = new List<BulkItem>(inputs.Count);
        foreach (var chunk in inputs.Chunk(AtOnce))
        {
            items.AddRange(await Task.WhenAll(chunk.Select(act)));
        }

        return items;
    }
}
