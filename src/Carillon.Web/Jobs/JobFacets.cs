using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>How many of the jobs found have which values, the most frequent first, at most 50 of each.</summary>
internal sealed record JobFacets
{
    private const int Most = 50;

    /// <summary>Counts the jobs found.</summary>
    public JobFacets(IReadOnlyList<JobRow> rows)
    {
        Category = Count(rows.Select(static row => JobLabels.OrUnknown(row.Job.Definition.Category)));
        Owner = Count(rows.Select(static row => JobLabels.OrUnknown(row.Job.Definition.Owner)));
        Tag = Count(rows.SelectMany(static row => row.Job.Definition.Tags));
        Queue = Count(rows.Select(static row => row.Job.Definition.Queue));
        Status = Count(rows.Select(static row => EnumWords<JobStatus>.Of(row.Status)));
    }

    public IReadOnlyList<FacetCount> Category { get; }

    public IReadOnlyList<FacetCount> Owner { get; }

    public IReadOnlyList<FacetCount> Tag { get; }

    public IReadOnlyList<FacetCount> Queue { get; }

    public IReadOnlyList<FacetCount> Status { get; }

    private static IReadOnlyList<FacetCount> Count(IEnumerable<string> values)
    {
        return
        [
            .. values.CountBy(static value => value, StringComparer.Ordinal)
                .Select(static value => new FacetCount(value.Key, value.Value))
                .OrderByDescending(static facet => facet.Count).ThenBy(static facet => facet.Value, StringComparer.Ordinal)
                .Take(Most),
        ];
    }
}
