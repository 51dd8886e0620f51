using Carillon.Metrics;
using Carillon.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>Figures over time, of one job or of all.</summary>
internal static class TrendEndpoints
{
    private const string All = "";

    /// <summary>The longest trend of all jobs with steps below an hour: there is a roll-up for each job and minute.</summary>
    private static readonly TimeSpan MaxMinutesOfAll = TimeSpan.FromHours(6);

    private static readonly QueryParameter Step = new(
        "step", "The length of a step: whole minutes, or whole hours where minutes are not kept any more. Default: "
        + "what gives up to 120 steps. At most 1,000 steps.");

    private static readonly QueryParameters JobParameters = new(
        PeriodQuery.From, PeriodQuery.To, Step, PeriodQuery.Compare);

    private static readonly QueryParameters AllParameters = new(
        PeriodQuery.From, PeriodQuery.To, Step, PeriodQuery.Compare,
        new QueryParameter("by", "A series for each category, queue or outcome. Default: one series."));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs/{id}/trend", JobAsync)
            .Answers<TrendDocument>("Counts and percentiles of one job over time.")
            .Allow(Role.Viewer, JobParameters);
        api.MapGet("/trend", AllAsync)
            .Answers<TrendDocument>("Counts and percentiles of all jobs over time.")
            .Allow(Role.Viewer, AllParameters);
    }

    private static async Task<IResult> JobAsync(ApiRequest request)
    {
        var steps = Steps(request, maxMinutes: TimeSpan.MaxValue);
        var now = await OfJobAsync(request, steps);
        var before = PeriodQuery.IsCompared(request.Query) ? await OfJobAsync(request, steps.Previous()) : null;
        var series = new TrendSeries(Key: null, now.Points(All), before?.Points(All));
        return Envelope<TrendDocument>.Of(
            new TrendDocument(request.JobId, steps.From, steps.To, steps.Length, By: null, Percentiles: true, [series]));
    }

    private static async Task<IResult> AllAsync(ApiRequest request)
    {
        var by = request.Query.Choice<TrendKey>("by");
        var steps = Steps(request, MaxMinutesOfAll);
        var now = await OfAllAsync(request, steps, by);
        var before = PeriodQuery.IsCompared(request.Query) ? await OfAllAsync(request, steps.Previous(), by) : null;
        return Envelope<TrendDocument>.Of(new TrendDocument(
            JobId: null, steps.From, steps.To, steps.Length, by, now.HasDurations, [.. Series(by, now, before)]));
    }

    private static IEnumerable<TrendSeries> Series(TrendKey? by, TrendTable now, TrendTable? before)
    {
        return by switch
        {
            null => [new TrendSeries(Key: null, now.Points(All), before?.Points(All))],
            TrendKey.Outcome => Enum.GetValues<Outcome>().Select(outcome => new TrendSeries(
                EnumWords<Outcome>.Of(outcome), now.Points(All, outcome), before?.Points(All, outcome))),
            _ => now.Keys.Union(before?.Keys ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()
                .Select(key => new TrendSeries(key, now.Points(key), before?.Points(key))),
        };
    }

    private static async Task<TrendTable> OfJobAsync(ApiRequest request, TrendSteps steps)
    {
        return TrendTable.Of(steps, await StatisticsEndpoints.ReadAsync(request, [steps.Range]), static _ => All);
    }

    private static async Task<TrendTable> OfAllAsync(ApiRequest request, TrendSteps steps, TrendKey? by)
    {
        var periods = request.Running.Periods;
        if (by is not TrendKey.Outcome && await periods.ReadAllAsync([steps.Range], request.Aborted) is { } rollups)
        {
            return TrendTable.Of(steps, rollups, rollup => KeyOf(by, rollup.Category, rollup.Queue));
        }

        var sums = await periods.SumAsync([steps.Range], request.Aborted);
        return TrendTable.Of(steps, sums, sum => KeyOf(by, sum.Category, sum.Queue));
    }

    private static string KeyOf(TrendKey? by, string category, string queue)
    {
        return by switch
        {
            TrendKey.Category => category,
            TrendKey.Queue => queue,
            _ => All,
        };
    }

    private static TrendSteps Steps(ApiRequest request, TimeSpan maxMinutes)
    {
        var (from, to) = PeriodQuery.Read(request.Query, request.Node.Clock.Now());
        var period = StatisticsPeriod.Covering(from, to, PeriodQuery.MinutesSince(request.Node));
        var least = to - from > maxMinutes ? RollupSpan.Hour.Length() : period.Resolution.Length();
        var length = request.Query.Duration("step") ?? TrendSteps.LengthFor(to - from, least);
        if (length < least || length.Ticks % least.Ticks != 0 || (to - from) / length > TrendSteps.Max - 2)
        {
            var unit = least == RollupSpan.Hour.Length() ? "hours" : "minutes";
            throw QueryFields.Refused(
                "step", request.Query.Text("step") ?? string.Empty, $"whole {unit} in a period of this length and age, at most 1,000 steps");
        }

        return TrendSteps.Covering(from, to, length);
    }
}
