using Carillon.Model;
using Carillon.Scheduling.Explanations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>Why an occurrence ran or did not.</summary>
internal static class ExplainEndpoints
{
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly QueryParameters Parameters = new(
        new QueryParameter("at", "The time of the occurrence; without a fraction the first one of that second. Required."));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs/{id}/explain", ExplainAsync)
            .Answers<ExplainDocument>("Why the occurrence of a time ran or did not, with the evidence.")
            .Allow(Role.Viewer, Parameters);
    }

    private static async Task<IResult> ExplainAsync(ApiRequest request)
    {
        var id = request.JobId;
        var (from, to) = Time(request.Query);
        var row = await request.Running.Reader.ReadJobAsync(id, request.Aborted);
        var now = request.Node.Clock.Now();
        var moment = row is null ? null : MomentExplainer.Explain(row.Job, request.Node.Calendars, from, to);
        var owner = await OwnerAsync(request, id);
        var nodes = await request.Running.Nodes.ReadAsync(request.Aborted);
        var queue = row?.Job.Definition.Queue;
        var evidence = new OccurrenceEvidence
        {
            From = from,
            To = to,
            Now = now,
            Job = row?.Job,
            Moment = moment,
            Record = await request.Node.Executions.FindOccurrenceAsync(id, from, to, request.Aborted),
            KeptFrom = new DateTimeOffset((now - request.Node.Retention.Executions).UtcDateTime.Date, TimeSpan.Zero),
            DecidedThrough = row?.Statistics.PlannedThrough,
            Running = row?.Statistics.Counts.Running ?? 0,
            Queue = nodes.Nodes.GetValueOrDefault(owner.Incarnation)?.Worker.Queues
                .FirstOrDefault(q => string.Equals(q.Name, queue, StringComparison.Ordinal)),
            SchedulerPause = request.Node.Pause.Last,
        };
        var explanation = OccurrenceExplainer.Explain(evidence)
            ?? throw RequestException.NotFound($"there is no job '{id}', and no record of one at {InstantText.Format(from)}");
        return Envelope<ExplainDocument>.Of(new ExplainDocument(id, evidence, explanation, owner.Document));
    }

    /// <summary>The time that is asked about: a microsecond, or where none is written a second.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) Time(QueryFields query)
    {
        var at = query.Instant("at") ?? throw RequestException.Bad($"at is missing: {InstantText.Allowed}");
        var from = Instant.Truncate(at);
        var length = query.Text("at")!.Contains('.', StringComparison.Ordinal) ? Microsecond : Second;
        return from < DateTimeOffset.MaxValue - length
            ? (from, from + length)
            : throw QueryFields.Refused("at", query.Text("at")!, "a time before the last second of the year 9999");
    }

    private static async Task<(Guid Incarnation, OwnerDocument Document)> OwnerAsync(ApiRequest request, string jobId)
    {
        var shard = ShardHash.Of(jobId, request.Node.Cluster.ShardCount);
        var rows = await request.Node.Membership.ReadShardsAsync(request.Aborted);
        var row = rows.FirstOrDefault(row => row.Id == shard);
        var node = row?.Owner is { } owner && request.Node.Directory.Nodes.TryGetValue(owner, out var known) ? known.Name : null;
        return (row?.Owner ?? Guid.Empty, new OwnerDocument(node, shard, row?.Epoch ?? 0));
    }
}
