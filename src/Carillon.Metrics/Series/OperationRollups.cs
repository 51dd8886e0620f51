using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>Minutes and hours of operations: their stored form, and what they hold.</summary>
internal static class OperationRollups
{
    private const byte StateVersion = 1;

    /// <summary>A minute or hour as it is stored.</summary>
    public static OperationRollup Of(string name, LabelSet labels, RollupSpan span, OperationPeriod rollup)
    {
        var state = new StateWriter(StateVersion);
        labels.Write(state);
        rollup.Totals.Write(state);
        return new OperationRollup(name, labels.Id, span, rollup.Start, state.Finish());
    }

    /// <summary>What a stored minute or hour holds.</summary>
    /// <exception cref="HistoryStateException">The state is of an unknown version, or damaged.</exception>
    public static (LabelSet Labels, OperationTotals Totals) Read(OperationRollup rollup)
    {
        var state = new StateReader(rollup.Name, rollup.State.Span, StateVersion);
        var labels = LabelSet.Read(ref state);
        var totals = OperationTotals.Read(ref state);
        state.Finish();
        return (labels, totals);
    }

    /// <summary>The same figures, owned by the caller.</summary>
    public static OperationTotals Copy(OperationTotals totals)
    {
        var copy = new OperationTotals();
        copy.Add(totals);
        return copy;
    }
}
