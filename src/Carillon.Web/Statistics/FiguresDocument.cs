using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>
/// The figures of a period: what ended in it, the durations of the attempts that ended in it, and how late those
/// started that started in it.
/// </summary>
internal record FiguresDocument : DurationFigures
{
    /// <summary>Tells figures.</summary>
    public FiguresDocument(StatisticsPeriod period, PeriodFigures figures)
        : base(figures.Durations)
    {
        var ended = figures.Ended;
        From = period.From;
        To = period.To;
        Resolution = period.Resolution;
        SuccessCount = ended.Succeeded;
        FailureCount = ended.Failure;
        TotalRuns = ended.TotalRuns;
        SuccessRate = ended.SuccessRate;
        RetryCount = figures.Retries;
        Outcomes = EnumWords<Outcome>.Table(ended.Of);
        StartLag = new QuantileDocument(figures.Lags());
        StartLagByCause = Enum.GetValues<WaitCause>().Where(cause => figures.Lag(cause) is not null)
            .ToDictionary(EnumWords<WaitCause>.Of, cause => new QuantileDocument(figures.Lag(cause)!), StringComparer.Ordinal);
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    public RollupSpan Resolution { get; }

    public long SuccessCount { get; }

    public long FailureCount { get; }

    public long TotalRuns { get; }

    public double? SuccessRate { get; }

    public long RetryCount { get; }

    public IReadOnlyDictionary<string, long> Outcomes { get; }

    public QuantileDocument StartLag { get; }

    public IReadOnlyDictionary<string, QuantileDocument> StartLagByCause { get; }
}
