using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// The append port: where owners record the facts of their shards, and where the next owner reads them. Implemented
/// once per store; one conformance suite describes it.
/// </summary>
public interface IShardLog
{
    /// <summary>
    /// Records all events of <paramref name="batch"/> whose term is still current, in one atomic, fenced step. Events of
    /// an ended term change nothing and their shards are named in the answer; the others are committed. The task may
    /// complete on the store's own thread: what follows on it should only hand the answer on.
    /// </summary>
    /// <returns>The shards that were fenced off; empty when everything is committed.</returns>
    /// <exception cref="AppendRejectedException">The store refused a value; nothing of the batch is recorded.</exception>
    /// <exception cref="Exception">Any other exception: the outcome is unknown; the batch may or may not be recorded.</exception>
    Task<IReadOnlySet<int>> AppendAsync(AppendBatch batch);

    /// <summary>Reads what the owner of each of <paramref name="terms"/> needs to go on. Call it only after the claim returned.</summary>
    Task<IReadOnlyList<ShardRecovery>> LoadAsync(IReadOnlyList<ShardTerm> terms, CancellationToken cancellationToken);
}
