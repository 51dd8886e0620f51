namespace Carillon.Metrics;

/// <summary>An operation with its quantiles.</summary>
internal sealed class OperationStatisticsConverter : StateConverter<OperationStatistics>
{
    protected override OperationStatistics Read(ref StateReader state)
    {
        return new OperationStatistics(
            state.Text(),
            LabelSet.Read(ref state),
            OperationTotals.Read(ref state),
            OperationTotals.Read(ref state),
            ReadPeriod(ref state),
            ReadPeriod(ref state));
    }

    protected override void Write(StateWriter state, OperationStatistics value)
    {
        state.Text(value.Name);
        value.Labels.Write(state);
        value.Totals.Write(state);
        value.Recent.Write(state);
        WritePeriod(state, value.Minute);
        WritePeriod(state, value.Hour);
    }

    private static OperationPeriod? ReadPeriod(ref StateReader state)
    {
        return state.OptionalInstant() is { } start ? new OperationPeriod(start, OperationTotals.Read(ref state)) : null;
    }

    private static void WritePeriod(StateWriter state, OperationPeriod? period)
    {
        state.Optional(period?.Start);
        period?.Totals.Write(state);
    }
}
