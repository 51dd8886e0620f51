using Carillon.Cluster;

namespace Carillon.Metrics;

/// <summary>What a node has taken, and what the store has refused it, as series of the cluster.</summary>
internal sealed class OwnershipSource(OwnershipCounts counts) : ISeriesSource
{
    /// <inheritdoc/>
    public void MoveTo(SeriesBuffer buffer)
    {
        foreach (var reason in Enum.GetValues<TakeoverReason>())
        {
            if (counts.MoveTakeovers(reason) is > 0 and var taken)
            {
                buffer.Count(SeriesName.Takeovers, Words.Of(reason), taken);
            }
        }

        if (counts.MoveFencedWrites() is > 0 and var refused)
        {
            buffer.Instrument(SeriesName.FencedWrites, LabelSet.Empty, InstrumentShape.Count).Add(refused);
        }
    }
}
