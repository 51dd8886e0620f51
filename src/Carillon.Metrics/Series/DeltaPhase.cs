namespace Carillon.Metrics;

/// <summary>Where a delta stands in the life of the node that sends it.</summary>
public enum DeltaPhase
{
    /// <summary>Before the first figures, to the shard that is to watch over the node.</summary>
    Opens,

    /// <summary>Figures.</summary>
    Continues,

    /// <summary>After the last figures, to the same shard: nothing is lost when the node ends now.</summary>
    Closes,
}
