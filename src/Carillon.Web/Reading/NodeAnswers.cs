using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>What the nodes say of themselves.</summary>
/// <param name="Nodes">Those that answer, by incarnation.</param>
/// <param name="Me">The incarnation that asks.</param>
internal sealed record NodeAnswers(IReadOnlyDictionary<Guid, NodeAnswer> Nodes, Guid Me)
{
    /// <summary>The queues of all workers, each once, sorted by name.</summary>
    public IReadOnlyList<QueueState> Queues =>
    [
        .. Nodes.Values.SelectMany(static node => node.Worker.Queues)
            .GroupBy(static queue => queue.Name, StringComparer.Ordinal)
            .Select(static queue => new QueueState(
                queue.Key,
                queue.Sum(static part => part.Slots),
                queue.Sum(static part => part.Active),
                queue.Sum(static part => part.Length),
                queue.Min(static part => part.OldestDueAt)))
            .OrderBy(static queue => queue.Name, StringComparer.Ordinal),
    ];
}
