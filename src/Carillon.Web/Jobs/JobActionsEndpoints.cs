using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StatusCodes = Microsoft.AspNetCore.Http.StatusCodes;

namespace Carillon.Web;

/// <summary>What operators do with jobs: run, pause and resume them.</summary>
internal static class JobActionsEndpoints
{
    private const int MaxReasonLength = 1_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/jobs/{id}/trigger", TriggerAsync)
            .Answers<TriggerAnswer>("Runs a job once, now, whether or not it is paused.", StatusCodes.Status202Accepted)
            .Takes<TriggerRequest>().Allow(Role.Operator);
        api.MapPost("/jobs/{id}/pause", PauseAsync)
            .Answers<JobDocument>("Stops the schedule of a job; its occurrences are skipped (paused).")
            .Takes<PauseRequest>().Allow(Role.Operator);
        api.MapPost("/jobs/{id}/resume", ResumeAsync)
            .Answers<JobDocument>("Lets the schedule of a job go on.")
            .Allow(Role.Operator);
    }

    private static async Task<IResult> TriggerAsync(ApiRequest request)
    {
        var id = request.JobId;
        var fields = await request.ReadFieldsAsync();
        var payload = fields.Raw("payload");
        var key = fields.Text("idempotency_key");
        if (JobValidator.ValidateTrigger(payload, key) is { } problem)
        {
            fields.Note(problem);
        }

        fields.ThrowIfWrong();
        var reply = (await request.Node.Jobs.TriggerAsync(id, payload, key, request.Aborted)).OrThrow();
        return Envelope<TriggerAnswer>.Of(new TriggerAnswer(reply.ExecutionId), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> PauseAsync(ApiRequest request)
    {
        var id = request.JobId;
        var fields = await request.ReadFieldsAsync();
        var reason = fields.Text("reason") ?? $"paused by {request.CallerName}";
        if (reason.Length is 0 or > MaxReasonLength)
        {
            fields.Note($"reason has {reason.Length} characters: 1 to {MaxReasonLength} are allowed");
        }

        fields.ThrowIfWrong();
        var reply = await request.Node.Jobs.PauseAsync(id, reason, request.CallerName, request.Aborted);
        return Envelope<JobDocument>.Of(JobsEndpoints.Document(reply));
    }

    private static async Task<IResult> ResumeAsync(ApiRequest request)
    {
        var id = request.JobId;
        var fields = await request.ReadFieldsAsync();
        fields.ThrowIfWrong();
        var reply = await request.Node.Jobs.ResumeAsync(id, request.Aborted);
        return Envelope<JobDocument>.Of(JobsEndpoints.Document(reply));
    }
}
