using Carillon.Cluster;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>The worker of one node.</summary>
internal sealed record WorkerDocument
{
    public required string Node { get; init; }

    public required NodeStatus State { get; init; }

    public required int Slots { get; init; }

    public required int Active { get; init; }

    public required int Idle { get; init; }

    public required int Running { get; init; }

    /// <summary>Of these, attempts that have ended by their records while their code ignores its cancellation.</summary>
    public required int Overdue { get; init; }

    public required IReadOnlyList<QueueDocument> Queues { get; init; }

    /// <summary>The worker of a node that answers.</summary>
    public static WorkerDocument Of(NodeRow row, WorkerState worker, DateTimeOffset now)
    {
        return new WorkerDocument
        {
            Node = row.Name,
            State = row.Status,
            Slots = worker.Slots,
            Active = worker.Active,
            Idle = Math.Max(0, worker.Slots - worker.Active),
            Running = worker.Running,
            Overdue = worker.Overdue,
            Queues = [.. worker.Queues.Select(queue => QueueDocument.Of(queue, now))],
        };
    }
}
