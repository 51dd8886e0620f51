using Carillon.Metrics;
using Carillon.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>Failures by category and hour.</summary>
internal static class HeatMapEndpoints
{
    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaxTimeline = TimeSpan.FromDays(31);
    private static readonly TimeSpan MaxClock = TimeSpan.FromDays(400);

    private static readonly QueryParameters Parameters = new(
        new QueryParameter("range", "How far back: 1h to 31d, with axis=clock to 400d. Default: 1d."),
        new QueryParameter("axis", "timeline, the default: the hours of the range; clock: the hours of the day."),
        new QueryParameter("measure", "rate, the default: failures ÷ runs; count: failures."),
        new QueryParameter("tz", "The IANA time zone of the hours of the day. Default: UTC."));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/heatmap", ReadAsync)
            .Answers<HeatMapDocument>("Failures by category and hour, with runs and the failing jobs of each cell.")
            .Allow(Role.Viewer, Parameters);
    }

    private static async Task<IResult> ReadAsync(ApiRequest request)
    {
        var query = request.Query;
        var axis = query.Choice<HeatMapAxis>("axis") ?? HeatMapAxis.Timeline;
        var measure = query.Choice<HeatMapMeasure>("measure") ?? HeatMapMeasure.Rate;
        var range = query.Duration("range") ?? DefaultRange;
        var most = axis == HeatMapAxis.Clock ? MaxClock : MaxTimeline;
        if (range < RollupSpan.Hour.Length() || range > most)
        {
            throw QueryFields.Refused("range", query.Text("range")!, $"a duration from 1h to {most.TotalDays:0}d");
        }

        var now = request.Node.Clock.Now();
        var period = StatisticsPeriod.Covering(now - range, now, minutesSince: now);
        var sums = await request.Running.Periods.SumAsync(period.Ranges, request.Aborted);
        var failing = await request.Running.Periods.ReadFailingAsync(period.Ranges, request.Aborted);
        return Envelope<HeatMapDocument>.Of(new HeatMap(period, axis, measure, Zone(query)).Draw(sums, failing));
    }

    private static TimeZoneInfo Zone(QueryFields query)
    {
        var id = query.Text("tz") ?? "UTC";
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw QueryFields.Refused("tz", id, "an IANA time zone such as Europe/Berlin");
    }
}
