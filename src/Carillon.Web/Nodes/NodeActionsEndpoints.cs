using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>What can be done with a node, from any other.</summary>
internal static class NodeActionsEndpoints
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/nodes/{name}/drain", DrainAsync)
            .Answers<NodeDocument>("Has the node hand its shards over and start nothing more; it stays in the cluster.")
            .Allow(Role.Admin);
        api.MapPost("/nodes/{name}/resume", ResumeAsync)
            .Answers<NodeDocument>("Lets a drained node own shards and run jobs again.")
            .Allow(Role.Admin);
        api.MapPost("/nodes/{name}/restart-workers", RestartWorkersAsync)
            .Answers<WorkerDocument>("Has the node's worker take nothing more until what runs has ended, or is cancelled after workers.drain-timeout.")
            .Allow(Role.Admin);
    }

    private static Task<IResult> DrainAsync(ApiRequest request)
    {
        return SetStatusAsync(request, NodeStatus.Leaving);
    }

    private static Task<IResult> ResumeAsync(ApiRequest request)
    {
        return SetStatusAsync(request, NodeStatus.Up);
    }

    private static async Task<IResult> SetStatusAsync(ApiRequest request, NodeStatus status)
    {
        var row = await FindAsync(request);
        if (!await request.Node.Membership.SetStatusAsync(row.Incarnation, status, request.Aborted))
        {
            throw new RequestException(409, $"node '{row.Name}' has just died");
        }

        request.Node.Remote.Find(row.Incarnation, RemoteNames.Region).Tell(new LookAtShards());
        var node = NodeDocument.Of(row with { Status = status }, request.Node.Lease, request.Node.Clock.Now());
        return Envelope<NodeDocument>.Of(node);
    }

    private static async Task<IResult> RestartWorkersAsync(ApiRequest request)
    {
        var row = await FindAsync(request);
        var state = await request.Node.Remote.Find(row.Incarnation, RemoteNames.Worker)
            .AskAsync<object, WorkerState>(static replyTo => new RestartWorker(replyTo), AnswerTime, request.Aborted);
        return Envelope<WorkerDocument>.Of(WorkerDocument.Of(row, state, request.Node.Clock.Now()));
    }

    private static async Task<NodeRow> FindAsync(ApiRequest request)
    {
        (await request.ReadFieldsAsync()).ThrowIfWrong();
        var name = request.Http.GetRouteValue("name") as string;
        var rows = await request.Node.Membership.ReadNodesAsync(request.Aborted);
        return rows.FirstOrDefault(row => row.Status != NodeStatus.Dead && string.Equals(row.Name, name, StringComparison.Ordinal))
            ?? throw RequestException.NotFound($"there is no living node '{name}'");
    }
}
