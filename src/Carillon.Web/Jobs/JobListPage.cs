using System.Text.Json.Serialization;

namespace Carillon.Web;

/// <summary>One page of jobs.</summary>
internal sealed record JobListPage : ListPage<JobDetails>
{
    /// <summary>Makes a page.</summary>
    public JobListPage(IReadOnlyList<JobDetails> items, string? nextCursor, long total, DateTimeOffset asOf)
        : base(items, nextCursor, total, TotalIsExact: true, asOf)
    {
    }

    /// <summary>What all jobs found have, on this page or another; null unless it is asked for.</summary>
    [JsonPropertyOrder(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobFacets? Facets { get; init; }
}
