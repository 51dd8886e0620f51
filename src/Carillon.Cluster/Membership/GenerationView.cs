namespace Carillon.Cluster;

/// <summary>
/// The generation of the statistics as this node last read it: with every heartbeat, and at once when it was asked for
/// here. It never goes back.
/// </summary>
/// <param name="first">The generation at the node's start.</param>
public sealed class GenerationView(StatisticsGeneration first)
{
    private StatisticsGeneration _newest = first;

    /// <summary>The newest generation that is known here.</summary>
    public StatisticsGeneration Newest => Volatile.Read(ref _newest);

    /// <summary>Takes what the store says, unless a newer one is known.</summary>
    public void Advance(StatisticsGeneration generation)
    {
        ArgumentNullException.ThrowIfNull(generation);
        for (var known = Newest; generation.Number > known.Number; known = Newest)
        {
            if (Interlocked.CompareExchange(ref _newest, generation, known) == known)
            {
                return;
            }
        }
    }
}
