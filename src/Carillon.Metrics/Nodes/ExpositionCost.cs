namespace Carillon.Metrics;

/// <summary>What the pages of the whole cluster have cost this node. Safe for all threads.</summary>
public sealed class ExpositionCost
{
    private readonly Lock _gate = new();
    private ExpositionFigures _figures;

    /// <summary>The figures of now.</summary>
    public ExpositionFigures Figures
    {
        get
        {
            lock (_gate)
            {
                return _figures;
            }
        }
    }

    /// <summary>Counts a page.</summary>
    /// <param name="page">The finished page.</param>
    /// <param name="spent">How long the making of it took, without the reading of the shards.</param>
    public void Add(PageBuffer page, TimeSpan spent)
    {
        lock (_gate)
        {
            _figures = new ExpositionFigures(
                _figures.Pages + 1, _figures.Spent + spent, spent, page.Length, page.Samples);
        }
    }
}
