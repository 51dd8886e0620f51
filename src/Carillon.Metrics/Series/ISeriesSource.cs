namespace Carillon.Metrics;

/// <summary>Something on a node that records series.</summary>
internal interface ISeriesSource
{
    /// <summary>Moves what was recorded since the last time. Called by one thread at a time.</summary>
    void MoveTo(SeriesBuffer buffer);
}
