namespace Carillon.Metrics;

/// <summary>Something that threads record into and that is emptied once a second.</summary>
internal interface ICollectedCell
{
    /// <summary>The next cell of the queue; for <see cref="CellQueue"/> alone.</summary>
    ICollectedCell? Next { get; set; }

    /// <summary>Moves what was recorded since the last time.</summary>
    void MoveTo(SeriesBuffer buffer);
}
