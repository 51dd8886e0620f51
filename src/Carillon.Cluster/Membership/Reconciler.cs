using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// One round of making ownership what it should be: read the rows, declare expired nodes dead, claim what has no
/// living owner. Level-triggered and idempotent: a round that fails is simply followed by the next one.
/// </summary>
public sealed class Reconciler
{
    private readonly Guid _me;
    private readonly IClusterStore _store;
    private readonly Lease _lease;
    private readonly NodeDirectory _directory;
    private readonly BeatWatch _beats;

    /// <summary>Makes a reconciler for one incarnation.</summary>
    public Reconciler(Guid me, IClusterStore store, Lease lease, NodeDirectory directory, BeatWatch beats)
    {
        _me = me;
        _store = store;
        _lease = lease;
        _directory = directory;
        _beats = beats;
    }

    /// <summary>Does one round.</summary>
    /// <param name="held">The terms this node works under.</param>
    /// <param name="cancellationToken">Stops the round.</param>
    public async Task<Reconciled> RunAsync(IReadOnlySet<ShardTerm> held, CancellationToken cancellationToken)
    {
        var nodes = await _store.ReadNodesAsync(cancellationToken);
        foreach (var expired in _beats.Observe(_me, _lease.IsHeld, nodes))
        {
            await _store.DeclareDeadAsync(expired.Incarnation, expired.Beat, cancellationToken);
        }

        // Shards are read after the nodes: an owner that joins in between is then unknown only if its claim is newer
        // than both readings, and the compare-and-set on the epoch refuses to take it.
        nodes = await _store.ReadNodesAsync(cancellationToken);
        _directory.Replace(nodes);
        var shards = await _store.ReadShardsAsync(cancellationToken);
        var lost = OwnershipPlan.Lost(_me, held, shards);
        if (!_lease.IsHeld)
        {
            return new Reconciled([], lost, shards);
        }

        var claims = OwnershipPlan.Claims(_me, held, nodes, shards);
        if (claims.Count == 0)
        {
            return new Reconciled([], lost, shards);
        }

        return new Reconciled(await _store.ClaimAsync(_me, claims, cancellationToken), lost, shards);
    }
}
