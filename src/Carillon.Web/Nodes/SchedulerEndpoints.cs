using Carillon.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>The pause of the whole scheduler.</summary>
internal static class SchedulerEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/pause", PauseAsync)
            .Answers<SchedulerDocument>("Stops the whole scheduler: occurrences are skipped (paused), triggers and retries wait.")
            .Takes<PauseRequest>().Allow(Role.Admin);
        api.MapPost("/resume", ResumeAsync)
            .Answers<SchedulerDocument>("Lets the scheduler go on.")
            .Allow(Role.Admin);
    }

    private static async Task<IResult> PauseAsync(ApiRequest request)
    {
        var fields = await request.ReadFieldsAsync();
        var pause = PauseFields.Read(fields, request);
        fields.ThrowIfWrong();
        return await SetAsync(request, pause);
    }

    private static async Task<IResult> ResumeAsync(ApiRequest request)
    {
        var fields = await request.ReadFieldsAsync();
        fields.ThrowIfWrong();
        return await SetAsync(request, pause: null);
    }

    private static async Task<IResult> SetAsync(ApiRequest request, Pause? pause)
    {
        await request.Node.Membership.SetPauseAsync(pause, request.Aborted);
        request.Node.Pause.Replace(pause); // the other nodes learn of it with their next beat
        return Envelope<SchedulerDocument>.Of(new SchedulerDocument(pause));
    }
}
