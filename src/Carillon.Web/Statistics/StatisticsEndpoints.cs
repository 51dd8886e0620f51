using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Scheduling.Schedules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>Figures of one job in a period of the past.</summary>
internal static class StatisticsEndpoints
{
    private static readonly QueryParameters StatisticsParameters = new(
        PeriodQuery.From, PeriodQuery.To, PeriodQuery.Compare);

    private static readonly QueryParameters BooksParameters = new(PeriodQuery.From, PeriodQuery.To);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs/{id}/statistics", StatisticsAsync)
            .Answers<StatisticsDocument>("Counts, durations and start lags of one job in a period of the past.")
            .Allow(Role.Viewer, StatisticsParameters);
        api.MapGet("/jobs/{id}/books", BooksAsync)
            .Answers<BooksDocument>("What became of the occurrences of one job that were scheduled in a period.")
            .Allow(Role.Viewer, BooksParameters);
        TrendEndpoints.Map(api);
        HeatMapEndpoints.Map(api);
    }

    private static async Task<IResult> StatisticsAsync(ApiRequest request)
    {
        var period = PeriodQuery.Read(request);
        var compared = PeriodQuery.IsCompared(request.Query);
        var figures = await FiguresAsync(request, period);
        FiguresDocument? previous = null;
        if (compared)
        {
            var before = period.Previous(PeriodQuery.MinutesSince(request.Node));
            previous = new FiguresDocument(before, await FiguresAsync(request, before));
        }

        return Envelope<StatisticsDocument>.Of(new StatisticsDocument(request.JobId, period, figures, previous));
    }

    private static async Task<IResult> BooksAsync(ApiRequest request)
    {
        var period = PeriodQuery.Read(request);
        var id = request.JobId;
        var figures = await FiguresAsync(request, period);
        var (planned, outcomes) = (figures.Planned, figures.Outcomes);
        var schedule = await ScheduleAsync(request, id);
        OccurrenceRun? counted = null;
        foreach (var edge in (DateTimeOffset[])[period.From, period.To])
        {
            // A stretch counts whole at its first occurrence; only what lies in the period belongs to its books.
            if (await request.Node.Rollups.FindRunAsync(id, edge, request.Aborted) is { } run && run != counted)
            {
                var here = run.From >= period.From && run.From < period.To ? run.Count : 0;
                var share = RunShare.Of(run, period.From, period.To, schedule) - here;
                (planned, outcomes) = (planned + share, outcomes.Plus(run.Outcome, share));
                counted = run;
            }
        }

        return Envelope<BooksDocument>.Of(new BooksDocument(id, period, planned, outcomes));
    }

    private static async Task<PeriodFigures> FiguresAsync(ApiRequest request, StatisticsPeriod period)
    {
        var figures = new PeriodFigures();
        foreach (var rollup in await ReadAsync(request, period.Ranges))
        {
            figures.Add(PeriodFigures.Of(rollup));
        }

        return figures;
    }

    /// <summary>The roll-ups of the job that the path names.</summary>
    /// <exception cref="RequestException">404: there is no such job, and nothing is kept of an earlier one.</exception>
    internal static async Task<IReadOnlyList<Rollup>> ReadAsync(ApiRequest request, IReadOnlyList<RollupRange> ranges)
    {
        var id = request.JobId;
        var rollups = await request.Running.Periods.ReadAsync(id, ranges, request.Aborted);
        await request.ThrowIfUnknownAsync(id, hasLeftAnything: rollups.Count > 0);
        return rollups;
    }

    private static async Task<ISchedule?> ScheduleAsync(ApiRequest request, string id)
    {
        return (await request.Node.Jobs.FindAsync(id, request.Aborted)).Job is { } job
            ? ScheduleFactory.Restore(job.Definition.Schedule, id, job.CreatedAt, request.Node.Calendars)
            : null;
    }
}
