using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StatusCodes = Microsoft.AspNetCore.Http.StatusCodes;

namespace Carillon.Web;

/// <summary>What operators do with jobs: run, pause and resume them.</summary>
internal static class JobActionsEndpoints
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(365);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/jobs/{id}/trigger", TriggerAsync)
            .Answers<TriggerAnswer>("Runs a job once, now or later, whether or not it is paused.", StatusCodes.Status202Accepted)
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

        var dueAt = ReadDueAt(fields, request.Node.Clock.Now());
        fields.ThrowIfWrong();
        var reply = (await request.Node.Jobs.TriggerAsync(id, payload, key, dueAt, request.Aborted)).OrThrow();
        return Envelope<TriggerAnswer>.Of(new TriggerAnswer(reply.ExecutionId), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> PauseAsync(ApiRequest request)
    {
        var id = request.JobId;
        var fields = await request.ReadFieldsAsync();
        var pause = PauseFields.Read(fields, request);
        fields.ThrowIfWrong();
        var reply = await request.Node.Jobs.PauseAsync(id, pause.Reason, pause.Author, pause.Until, request.Aborted);
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

    private static DateTimeOffset? ReadDueAt(JsonFields fields, DateTimeOffset now)
    {
        var delay = fields.Duration("delay");
        var at = fields.Instant("at");
        if (delay is not null && at is not null)
        {
            fields.Note("delay and at are both set: write one of them");
        }

        if (delay < TimeSpan.Zero || delay > MaxDelay)
        {
            fields.Note($"delay {DurationText.Format(delay.Value)} is out of range: 0 to {DurationText.Format(MaxDelay)} is allowed");
        }

        if (at - now > MaxDelay)
        {
            fields.Note($"at {at:O} is too far ahead: at most {DurationText.Format(MaxDelay)} are allowed");
        }

        return at ?? (now + delay);
    }
}
