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
            QueueSize = reading.Worker.Queues.Sum(static queue => (long)queue.Length),
            ActiveWorkers = reading.Worker.Active,
            MaxWorkers = reading.Worker.Slots,
            Summary = MetricsSummary.Of(reading.Snapshot),
            AsOf = reading.At,
        });
    }

    private static async Task<IResult> WorkersAsync(ApiRequest request)
    {
        var now = request.Node.Clock.Now();
        var worker = await request.Running.Reader.ReadWorkerAsync(request.Aborted);
        var document = new WorkerDocument
        {
            Node = request.Node.NodeName,
            State = request.Node.Directory.Nodes.GetValueOrDefault(request.Node.Incarnation)?.Status
                ?? NodeStatus.Joining,
            Slots = worker.Slots,
            Active = worker.Active,
            Idle = Math.Max(0, worker.Slots - worker.Active),
            Running = worker.Running,
            Overdue = worker.Overdue,
            Queues = [.. worker.Queues.Select(queue => QueueDocument.Of(queue, now))],
        };
        return Envelope<ListPage<WorkerDocument>>.Of(ListPage<WorkerDocument>.Whole([document], now));
    }

    private static async Task<IResult> NodesAsync(ApiRequest request)
    {
        var node = request.Node;
        var now = node.Clock.Now();
        var shards = await request.Running.Reader.ReadShardsAsync(request.Aborted);
        var worker = await request.Running.Reader.ReadWorkerAsync(request.Aborted);
        var nodes = node.Directory.Nodes.Values
            .OrderBy(static row => row.Name, StringComparer.Ordinal)
            .ThenByDescending(static row => row.StartedAt)
            .Select(row => NodeDocument.Of(row, node.Lease, now))
            .Select(one => one.Incarnation == node.Incarnation ? one.With(request.Running, shards, worker) : one);
        return Envelope<ListPage<NodeDocument>>.Of(ListPage<NodeDocument>.Whole([.. nodes], now));
    }

    private static async Task<IResult> QueuesAsync(ApiRequest request)
    {
        var now = request.Node.Clock.Now();
        var worker = await request.Running.Reader.ReadWorkerAsync(request.Aborted);
        var queues = worker.Queues
            .OrderBy(static queue => queue.Name, StringComparer.Ordinal)
            .Select(queue => QueueDocument.Of(queue, now));
        return Envelope<ListPage<QueueDocument>>.Of(ListPage<QueueDocument>.Whole([.. queues], now));
    }

    private static JsonHttpResult<Envelope<ListPage<ServiceDocument>>> Services(ApiRequest request)
    {
        var services = request.Node.Classes.Names.Select(static name => new ServiceDocument(name));
        var list = ListPage<ServiceDocument>.Whole([.. services], request.Node.Clock.Now());
        return Envelope<ListPage<ServiceDocument>>.Of(list);
    }
}
