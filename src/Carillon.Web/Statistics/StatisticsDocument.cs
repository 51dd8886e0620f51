using System.Text.Json.Serialization;
using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>The figures of one job in a period of the past, and in the one before when that is asked for.</summary>
internal sealed record StatisticsDocument : FiguresDocument
{
    /// <summary>Tells figures of a job.</summary>
    public StatisticsDocument(string jobId, StatisticsPeriod period, PeriodFigures figures, FiguresDocument? previous)
        : base(period, figures)
    {
        JobId = jobId;
        Previous = previous;
    }

    [JsonPropertyOrder(-1)]
    public string JobId { get; }

    [JsonPropertyOrder(1)]
    public FiguresDocument? Previous { get; }
}
