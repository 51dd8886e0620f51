using System.Globalization;
using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>Puts hours of categories into the cells of a heat map.</summary>
internal sealed class HeatMap(StatisticsPeriod period, HeatMapAxis axis, HeatMapMeasure measure, TimeZoneInfo zone)
{
    private const int HoursOfDay = 24;
    private const int MaxFailing = 20;

    /// <summary>Makes the document.</summary>
    /// <param name="sums">What ended, by hour.</param>
    /// <param name="failing">The jobs that failed, by hour.</param>
    public HeatMapDocument Draw(IReadOnlyList<RollupSum> sums, IReadOnlyList<FailingJob> failing)
    {
        var jobs = failing.ToLookup(job => (job.Category, ColumnOf(job.Start)));
        var rows = sums.GroupBy(static sum => sum.Category, StringComparer.Ordinal)
            .OrderBy(static category => category.Key, StringComparer.Ordinal)
            .Select(category => new HeatMapRow(category.Key, [.. Cells(category, jobs)]));
        return new HeatMapDocument(period.From, period.To, axis, measure, zone.Id, [.. Columns()], [.. rows]);
    }

    private IEnumerable<HeatMapCell> Cells(
        IGrouping<string, RollupSum> category, ILookup<(string Category, int Column), FailingJob> jobs)
    {
        var runs = new long[ColumnCount];
        var failures = new long[ColumnCount];
        foreach (var sum in category)
        {
            runs[ColumnOf(sum.Start)] += sum.Ended.TotalRuns;
            failures[ColumnOf(sum.Start)] += sum.Ended.Failure;
        }

        return Enumerable.Range(0, ColumnCount).Select(column => new HeatMapCell(
            runs[column],
            failures[column],
            ValueOf(runs[column], failures[column]),
            [.. Failing(jobs[(category.Key, column)])]));
    }

    private static IEnumerable<FailingJobDocument> Failing(IEnumerable<FailingJob> jobs)
    {
        return jobs.GroupBy(static job => job.JobId, StringComparer.Ordinal)
            .Select(static job => new FailingJobDocument(job.Key, job.Sum(static hour => hour.Failures)))
            .OrderByDescending(static job => job.Failures).ThenBy(static job => job.JobId, StringComparer.Ordinal)
            .Take(MaxFailing);
    }

    private double? ValueOf(long runs, long failures)
    {
        return measure switch
        {
            HeatMapMeasure.Count => failures,
            _ => runs == 0 ? null : (double)failures / runs,
        };
    }

    private int ColumnCount => axis == HeatMapAxis.Clock ? HoursOfDay : (int)(period.To - period.From).TotalHours;

    private int ColumnOf(DateTimeOffset hour)
    {
        return axis == HeatMapAxis.Clock
            ? TimeZoneInfo.ConvertTime(hour, zone).Hour
            : (int)(hour - period.From).TotalHours;
    }

    private IEnumerable<string> Columns()
    {
        return Enumerable.Range(0, ColumnCount).Select(column => axis == HeatMapAxis.Clock
            ? column.ToString(CultureInfo.InvariantCulture)
            : InstantText.Format(period.From.AddHours(column)));
    }
}
