using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>What the audit of the records has found.</summary>
internal static class AuditEndpoints
{
    private const int MaxLimit = 1_000;
    private const int DefaultLimit = 50;

    private static readonly QueryParameters Parameters = new(
        new QueryParameter("job", "Only this job's."),
        new QueryParameter("kind", "duplicate or missed."),
        new QueryParameter("limit", "How many of the newest, 1 to 1,000. Default: 50."));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/audit/findings", FindingsAsync)
            .Answers<AuditDocument>("Occurrences that ran twice or not at all, as the audit of the records has found them.")
            .Allow(Role.Viewer, Parameters);
    }

    private static async Task<IResult> FindingsAsync(ApiRequest request)
    {
        var asOf = request.Node.Clock.GetUtcNow();
        var query = new FindingQuery(
            request.Query.Text("job"),
            request.Query.Choice<AuditFindingKind>("kind"),
            request.Query.Number("limit", 1, MaxLimit, DefaultLimit));
        var state = await request.Running.Reader.ReadAuditAsync(request.Aborted);
        var findings = await request.Node.Audit.ListFindingsAsync(query, request.Aborted);
        return Envelope<AuditDocument>.Of(new AuditDocument(findings, state, asOf));
    }
}
