using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>The scheduler, its nodes, workers, queues and job classes.</summary>
internal static class NodesEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/status", StatusAsync)
            .Answers<StatusDocument>("The scheduler at a glance.")
            .Allow(Role.Viewer);
        api.MapGet("/workers", WorkersAsync)
            .Answers<ListPage<WorkerDocument>>("The workers: one for each node.")
            .Allow(Role.Viewer);
        api.MapGet("/nodes", NodesAsync)
            .Answers<ListPage<NodeDocument>>("The nodes of the cluster.")
            .Allow(Role.Viewer);
        api.MapGet("/queues", QueuesAsync)
            .Answers<ListPage<QueueDocument>>("The queues.")
            .Allow(Role.Viewer);
        api.MapGet("/services/list", Services)
            .Answers<ListPage<ServiceDocument>>("The job classes that are registered in code.")
            .Allow(Role.Viewer);
    }

    private static async Task<IResult> StatusAsync(ApiRequest request)
    {
        var reading = await request.Running.Reader.ReadAsync(request.Aborted);
        var node = request.Node;
        return Envelope<StatusDocument>.Of(new StatusDocument
        {
            Running = !node.Pause.IsPaused(reading.At),
            Pause = node.Pause.IsPaused(reading.At) ? node.Pause.Last : null,
            Node = node.NodeName,
            Cluster = node.Cluster.Name,
            Store = node.StoreKind,
            Version = node.Version,
            UptimeSeconds = reading.Snapshot.Facts.Uptime.TotalSeconds,
            Jobs = JobCounts.Of(reading.Rows),
            QueueSize = reading.Nodes.Queues.Sum(static queue => (long)queue.Length),
            ActiveWorkers = reading.Nodes.Nodes.Values.Sum(static node => node.Worker.Active),
            MaxWorkers = reading.Nodes.Nodes.Values.Sum(static node => node.Worker.Slots),
            Summary = MetricsSummary.Of(reading.Snapshot),
            AsOf = reading.At,
        });
    }

    private static async Task<IResult> WorkersAsync(ApiRequest request)
    {
        var now = request.Node.Clock.Now();
        var answers = await request.Running.Nodes.ReadAsync(request.Aborted);
        var workers = Rows(request)
            .Where(row => answers.Nodes.ContainsKey(row.Incarnation))
            .Select(row => WorkerDocument.Of(row, answers.Nodes[row.Incarnation].Worker, now));
        return Envelope<ListPage<WorkerDocument>>.Of(ListPage<WorkerDocument>.Whole([.. workers], now));
    }

    private static async Task<IResult> NodesAsync(ApiRequest request)
    {
        var now = request.Node.Clock.Now();
        var answers = await request.Running.Nodes.ReadAsync(request.Aborted);
        var nodes = Rows(request)
            .Select(row => NodeDocument.Of(row, request.Node.Lease, now).With(answers.Nodes.GetValueOrDefault(row.Incarnation)));
        return Envelope<ListPage<NodeDocument>>.Of(ListPage<NodeDocument>.Whole([.. nodes], now));
    }

    private static IEnumerable<NodeRow> Rows(ApiRequest request)
    {
        // A dead node whose name lives on has been restarted: there is nothing more to tell of it.
        return request.Node.Directory.Nodes.Values
            .GroupBy(static row => row.Name, StringComparer.Ordinal)
            .Select(static same => same.MaxBy(static row => (row.Status != NodeStatus.Dead, row.StartedAt))!)
            .OrderBy(static row => row.Name, StringComparer.Ordinal)
            .ThenByDescending(static row => row.StartedAt);
    }

    private static async Task<IResult> QueuesAsync(ApiRequest request)
    {
        var now = request.Node.Clock.Now();
        var answers = await request.Running.Nodes.ReadAsync(request.Aborted);
        var queues = answers.Queues.Select(queue => QueueDocument.Of(queue, now));
        return Envelope<ListPage<QueueDocument>>.Of(ListPage<QueueDocument>.Whole([.. queues], now));
    }

    private static JsonHttpResult<Envelope<ListPage<ServiceDocument>>> Services(ApiRequest request)
    {
        var services = request.Node.Classes.Names.Select(static name => new ServiceDocument(name));
        var list = ListPage<ServiceDocument>.Whole([.. services], request.Node.Clock.Now());
        return Envelope<ListPage<ServiceDocument>>.Of(list);
    }
}
