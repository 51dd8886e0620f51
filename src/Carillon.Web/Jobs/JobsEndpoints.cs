using System.Diagnostics;
using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Scheduling.Explanations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StatusCodes = Microsoft.AspNetCore.Http.StatusCodes;

namespace Carillon.Web;

/// <summary>Jobs: list, read, create, change and delete them.</summary>
internal static class JobsEndpoints
{
    private const int DefaultNext = 10;

    private static readonly QueryParameters NextParameters = new(
        new QueryParameter("count", "How many, 1 to 100. Default: 10."));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs", ListAsync)
            .Answers<JobListPage>("The jobs, with their statistics and how they stand.")
            .Allow(Role.Viewer, JobListQuery.Parameters);
        api.MapPost("/jobs", CreateAsync)
            .Answers<JobDocument>("Creates a job.", StatusCodes.Status201Created)
            .Takes<JobDocument>().Allow(Role.Admin);
        api.MapGet("/jobs/{id}", ReadAsync)
            .Answers<JobDetails>("One job.")
            .Allow(Role.Viewer);
        api.MapPut("/jobs/{id}", ReplaceAsync)
            .Answers<JobDocument>("Replaces the definition of a job that exists.")
            .Takes<JobDocument>().Allow(Role.Admin);
        api.MapDelete("/jobs/{id}", DeleteAsync)
            .Answers<JobDocument>("Deletes a job; what is open of it ends as cancelled. Its executions stay.")
            .Allow(Role.Admin);
        api.MapGet("/jobs/{id}/next", NextAsync)
            .Answers<NextRuns>("The next occurrences of the schedule, with every decision explained.")
            .Allow(Role.Viewer, NextParameters);
    }

    private static async Task<IResult> ListAsync(ApiRequest request)
    {
        var query = JobListQuery.Read(request.Query);
        return Envelope<JobListPage>.Of(query.Of(await request.Running.Reader.ReadAsync(request.Aborted)));
    }

    private static async Task<IResult> ReadAsync(ApiRequest request)
    {
        var id = request.JobId;
        return await request.Running.Reader.ReadJobAsync(id, request.Aborted) is { } row
            ? Envelope<JobDetails>.Of(new JobDetails(row))
            : throw RequestException.NotFound($"there is no job '{id}'");
    }

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var fields = await request.ReadFieldsAsync();
        var definition = JobJson.Read(
            fields, pathId: null, current: null, request.Node.AllowProcess, request.Node.Calendars);
        var reply = await request.Node.Jobs.PutAsync(definition, PutMode.Create, JobSource.Api, request.Aborted);
        var document = Document(reply.OrThrow());
        var path = request.Http.Request.PathBase + request.Http.Request.Path;
        request.Http.Response.Headers.Location = $"{path}/{definition.Id}";
        return Envelope<JobDocument>.Of(document, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReplaceAsync(ApiRequest request)
    {
        var id = request.JobId;
        var fields = await request.ReadFieldsAsync();
        var current = Found(await request.Node.Jobs.FindAsync(id, request.Aborted));
        var definition = JobJson.Read(fields, id, current, request.Node.AllowProcess, request.Node.Calendars);
        var reply = await request.Node.Jobs.PutAsync(definition, PutMode.Update, current.Source, request.Aborted);
        return Envelope<JobDocument>.Of(Document(reply));
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request)
    {
        return Envelope<JobDocument>.Of(Document(await request.Node.Jobs.RemoveAsync(request.JobId, request.Aborted)));
    }

    private static async Task<IResult> NextAsync(ApiRequest request)
    {
        var count = request.Query.Number("count", 1, ScheduleExplainer.MaxCount, DefaultNext);
        var job = Found(await request.Node.Jobs.FindAsync(request.JobId, request.Aborted));
        var spec = job.Definition.Schedule;
        var (items, note, affected) = ScheduleExplainer.Explain(
            spec, job.Id, job.CreatedAt, request.Node.Calendars, request.Node.Clock.Now(), count);
        var runs = job.Pause is null && job.Definition.Enabled;
        return Envelope<NextRuns>.Of(new NextRuns(job.Id, spec.TimeZone, runs, items, note, affected));
    }

    internal static JobDocument Document(JobReply reply)
    {
        return new JobDocument(Found(reply));
    }

    private static Job Found(JobReply reply)
    {
        return reply.OrThrow().Job ?? throw new UnreachableException("A job answered without telling what it is.");
    }
}
