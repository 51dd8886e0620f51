using Carillon.Cluster;

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
}
