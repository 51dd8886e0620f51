namespace Carillon.Metrics;

/// <summary>
/// What was recorded of one series since the last delta. Whoever holds it must not change it once it is sent.
/// </summary>
public sealed class SeriesDelta
{
    /// <summary>A delta of an operation.</summary>
    internal SeriesDelta(SeriesName name, LabelSet labels, OperationTotals? operation = null)
    {
        Name = name;
        Labels = labels;
        Operation = operation ?? new OperationTotals();
    }

    /// <summary>A delta of an instrument.</summary>
    internal SeriesDelta(SeriesName name, LabelSet labels, InstrumentShape shape, InstrumentTotals? instrument = null)
    {
        Name = name;
        Labels = labels;
        Shape = shape;
        Instrument = instrument ?? new InstrumentTotals(shape);
    }

    /// <summary>The operation or family.</summary>
    public SeriesName Name { get; }

    /// <summary>The labels, clean.</summary>
    public LabelSet Labels { get; }

    /// <summary>The calls; null for an instrument.</summary>
    public OperationTotals? Operation { get; }

    /// <summary>What the instrument measured; null for an operation.</summary>
    public InstrumentTotals? Instrument { get; }

    /// <summary>How the instrument is shown; null for an operation.</summary>
    public InstrumentShape? Shape { get; }
}
