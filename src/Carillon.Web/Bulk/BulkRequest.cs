using System.Text.Json;

namespace Carillon.Web;

/// <summary>The body of a bulk request.</summary>
/// <param name="Action">create, pause, resume, trigger or delete; create and delete need the role admin.</param>
/// <param name="Jobs">For create: 1 to 10,000 job definitions.</param>
/// <param name="Ids">For the other actions: 1 to 10,000 job ids. Either these or a filter.</param>
/// <param name="Filter">Which jobs; the filters of the job list. At least one of them.</param>
/// <param name="ExpectedCount">How many jobs the filter is expected to match; needed with a filter.</param>
/// <param name="Reason">For pause. Default: who paused them.</param>
internal sealed record BulkRequest(
    BulkAction Action,
    IReadOnlyList<JobDocument>? Jobs = null,
    IReadOnlyList<string>? Ids = null,
    JsonElement? Filter = null,
    int? ExpectedCount = null,
    string? Reason = null);
