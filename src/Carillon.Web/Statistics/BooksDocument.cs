using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>
/// What became of the occurrences of one job that were scheduled in a period: planned is the sum of all others.
/// </summary>
internal sealed record BooksDocument
{
    /// <summary>Tells the books of a job.</summary>
    public BooksDocument(string jobId, StatisticsPeriod period, long planned, OutcomeCounts outcomes)
    {
        JobId = jobId;
        From = period.From;
        To = period.To;
        Resolution = period.Resolution;
        Planned = planned;
        Succeeded = outcomes.Succeeded;
        Failed = outcomes.Failed;
        TimedOut = outcomes.TimedOut;
        Cancelled = outcomes.Cancelled;
        Skipped = outcomes.Skipped;
        Misfired = outcomes.Misfired;
        Lost = outcomes.Lost;
        Open = planned - outcomes.Total;
    }

    public string JobId { get; }

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    public RollupSpan Resolution { get; }

    public long Planned { get; }

    public long Succeeded { get; }

    public long Failed { get; }

    public long TimedOut { get; }

    public long Cancelled { get; }

    public long Skipped { get; }

    public long Misfired { get; }

    public long Lost { get; }

    public long Open { get; }
}
