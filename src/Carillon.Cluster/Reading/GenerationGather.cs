namespace Carillon.Cluster;

/// <summary>Reads of all shards in one generation of the statistics: when another node has begun a later one, in that.</summary>
/// <param name="view">The generation that this node knows.</param>
/// <param name="store">Says which is the newest.</param>
/// <param name="cluster">What this node joined.</param>
public sealed class GenerationGather(GenerationView view, IClusterStore store, ClusterInfo cluster)
{
    /// <summary>Reads in the newest generation.</summary>
    /// <param name="read">Reads all shards, each of which begins the generation at the latest then.</param>
    /// <param name="generationsOf">The generations of the parts that were read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<(StatisticsGeneration Generation, T Read)> ReadAsync<T>(
        Func<StatisticsGeneration, Task<T>> read, Func<T, IEnumerable<long>> generationsOf, CancellationToken cancellationToken)
    {
        while (true)
        {
            var generation = view.Newest;
            var parts = await read(generation);
            if (generationsOf(parts).All(number => number == generation.Number))
            {
                return (generation, parts);
            }

            var recorded = await store.OpenClusterAsync(cluster, cancellationToken);
            view.Advance(recorded.Generation);
        }
    }
}
