using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>What is due next over all jobs, and whether anything has changed.</summary>
internal static class UpcomingEndpoints
{
    private const int MaxLimit = 1_000;
    private const int DefaultLimit = 50;
    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(366);

    private static readonly QueryParameters Parameters = new(
        new QueryParameter("from", "Due at or after this time. Default: now."),
        new QueryParameter("to", "Due before this time, at most 366 days after from. Default: an hour after from."),
        new QueryParameter("q", "A part of the id, the name, the owner or a tag, without regard to case."),
        new QueryParameter("limit", "How many, 1 to 1,000. Default: 50."),
        new QueryParameter("cursor", "next_cursor of the page before, with the same from, to and q."));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/schedule", ScheduleAsync)
            .Answers<ScheduleDocument>("What is due next over all jobs, in the order of time.")
            .Allow(Role.Viewer, Parameters);
        api.MapGet("/pulse", PulseAsync)
            .Answers<PulseDocument>("A number for each panel that changes when what it shows has changed.")
            .Allow(Role.Viewer);
    }

    private static async Task<IResult> ScheduleAsync(ApiRequest request)
    {
        var asOf = request.Node.Clock.Now();
        var query = Read(request.Query, asOf);
        var text = request.Query.Text("q");
        var upcoming = new UpcomingRuns(query, request.Node.Calendars, request.Node.Pause.Last);
        foreach (var shard in await request.Running.Reader.ReadJobsAsync(request.Aborted))
        {
            foreach (var job in shard.Jobs.Where(job => JobListQuery.MatchesText(job, text)))
            {
                upcoming.Add(job, shard.DueAfterEnd.TryGetValue(job.Id, out var due) ? due : null);
            }
        }

        return Envelope<ScheduleDocument>.Of(new ScheduleDocument(query, upcoming, asOf));
    }

    private static UpcomingQuery Read(QueryFields query, DateTimeOffset now)
    {
        var after = query.Text("cursor") is { } cursor ? UpcomingCursor.Read(cursor) : null;
        var from = query.Instant("from") ?? after?.From ?? now;
        var to = query.Instant("to") ?? (from < DateTimeOffset.MaxValue - DefaultPeriod ? from + DefaultPeriod : DateTimeOffset.MaxValue);
        if (to <= from || to - from > LongestPeriod)
        {
            throw RequestException.Bad(
                $"to '{InstantText.Format(to)}' is not allowed: a time after from, which is '{InstantText.Format(from)}', by at most {LongestPeriod.Days} days");
        }

        return new UpcomingQuery(from, to, query.Number("limit", 1, MaxLimit, DefaultLimit), after is null ? null : (after.At, after.JobId));
    }

    private static async Task<IResult> PulseAsync(ApiRequest request)
    {
        var nodes = await request.Running.Nodes.ReadAsync(request.Aborted);
        return Envelope<PulseDocument>.Of(PulseDocument.Of(request.Node, nodes));
    }
}
