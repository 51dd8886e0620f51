using Carillon.Cluster;

namespace Carillon.Scheduling;

/// <summary>
/// What a worker believes about the free slots of others: what they reported last, less what it has asked for since.
/// Wrong beliefs cost a refusal, nothing more.
/// </summary>
public sealed class PeerSlots
{
    private readonly Dictionary<Guid, int> _free = [];
    private readonly HashSet<(Guid Node, string Queue)> _denied = [];

    /// <summary>Whether any worker may have a free slot.</summary>
    public bool HasFree
    {
        get
        {
            foreach (var free in _free.Values)
            {
                if (free > 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Takes a report.</summary>
    public void Note(WorkerReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _free[report.Node] = report.Free;
        _denied.RemoveWhere(denied => denied.Node == report.Node);
    }

    /// <summary>Notes that a worker has nothing for a queue, until it reports again.</summary>
    public void Deny(Guid node, string queue)
    {
        _denied.Add((node, queue));
    }

    /// <summary>Forgets the workers of nodes that are gone.</summary>
    /// <param name="lives">Which nodes are not.</param>
    public void Keep(Func<Guid, bool> lives)
    {
        foreach (var gone in _free.Keys.Where(node => !lives(node)).ToArray())
        {
            _free.Remove(gone);
            _denied.RemoveWhere(denied => denied.Node == gone);
        }
    }

    /// <summary>The suitable worker with the most free slots, or null.</summary>
    public Guid? Find(SlotRequest request, IReadOnlyDictionary<Guid, NodeRow> nodes)
    {
        Guid? best = null;
        var most = 0;
        foreach (var (node, free) in _free)
        {
            if (free > most
                && nodes.TryGetValue(node, out var row)
                && Suitability.IsSuitable(request, row)
                && !_denied.Contains((node, request.Job.Queue)))
            {
                (best, most) = (node, free);
            }
        }

        return best;
    }

    /// <summary>Notes that one slot of a worker has been asked for.</summary>
    public void Take(Guid node)
    {
        _free[node]--;
    }
}
