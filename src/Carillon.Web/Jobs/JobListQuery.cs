using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>Which jobs to list. All filters that are set must match.</summary>
internal sealed record JobListQuery
{
    private const int MaxLimit = 1_000;
    private const int DefaultLimit = 50;

    /// <summary>The query parameters it is read from.</summary>
    public static readonly QueryParameters Parameters = new(
        new QueryParameter("q", "Text that the id, the name, the owner or a tag contains, without regard to case."),
        new QueryParameter("category", "Only this category; 'unknown' for jobs without one."),
        new QueryParameter("owner", "Only this owner; 'unknown' for jobs without one."),
        new QueryParameter("tag", "Only jobs with this tag."),
        new QueryParameter("status", "pending, running, completed, failed, paused or cancelled."),
        new QueryParameter("queue", "Only this queue."),
        new QueryParameter("node", "Only jobs that this node looks after."),
        new QueryParameter("sort", "A field to sort by, with '-' for the largest first. Default: id."),
        new QueryParameter("limit", "How many, 1 to 1,000. Default: 50."),
        new QueryParameter("cursor", "next_cursor of the page before."),
        new QueryParameter("facets", "true: with the number of jobs found for each category, owner, tag, queue and status."));

    public string? Text { get; init; }

    public string? Category { get; init; }

    public string? Owner { get; init; }

    public string? Tag { get; init; }

    public JobStatus? Status { get; init; }

    public string? Queue { get; init; }

    public string? Node { get; init; }

    public required JobOrder Order { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    public (SortKey Key, string Id)? After { get; init; }

    public bool WithFacets { get; init; }

    /// <summary>Reads a query.</summary>
    /// <exception cref="RequestException">400.</exception>
    public static JobListQuery Read(QueryFields query)
    {
        var order = JobOrder.Parse(query.Text("sort"));
        return new JobListQuery
        {
            Text = query.Text("q"),
            Category = query.Text("category"),
            Owner = query.Text("owner"),
            Tag = query.Text("tag"),
            Status = query.Choice<JobStatus>("status"),
            Queue = query.Text("queue"),
            Node = query.Text("node"),
            Order = order,
            Limit = query.Number("limit", 1, MaxLimit, DefaultLimit),
            WithFacets = query.Flag("facets"),
            After = query.Text("cursor") is { } cursor ? JobCursor.Read(cursor, order) : null,
        };
    }

    /// <summary>Reads the filters of a bulk request; problems are noted there.</summary>
    public static JobListQuery Read(JsonFields filter)
    {
        var query = new JobListQuery
        {
            Text = filter.Text("q"),
            Category = filter.Text("category"),
            Owner = filter.Text("owner"),
            Tag = filter.Text("tag"),
            Status = filter.Choice<JobStatus>("status"),
            Queue = filter.Text("queue"),
            Node = filter.Text("node"),
            Order = JobOrder.Parse(null),
        };
        if (query == new JobListQuery { Order = query.Order })
        {
            filter.Note("filter is empty: it would match every job");
        }

        return query;
    }

    /// <summary>Every job of a reading that the filters match.</summary>
    public IEnumerable<JobRow> Matching(ClusterReading reading)
    {
        return reading.Rows.Where(row => Matches(row, reading));
    }

    /// <summary>The page of a reading that this asks for.</summary>
    public JobListPage Of(ClusterReading reading)
    {
        var matching = Matching(reading).ToList();
        IEnumerable<JobRow> rows = matching;
        if (After is { } after)
        {
            rows = rows.Where(row => Order.Compare(Place(row), after) > 0);
        }

        var byPlace = Comparer<JobRow>.Create((left, right) => Order.Compare(Place(left), Place(right)));
        var sorted = rows.Order(byPlace).Take(Limit + 1).ToList();
        var page = sorted.Take(Limit).ToList();
        var next = sorted.Count > Limit ? JobCursor.At(Order, page[^1]) : null;
        var items = page.ConvertAll(static row => new JobDetails(row));
        return new JobListPage(items, next, matching.Count, reading.At)
        {
            Facets = WithFacets ? new JobFacets(matching) : null,
        };
    }

    private (SortKey Key, string Id) Place(JobRow row)
    {
        return (Order.KeyOf(row), row.Job.Id);
    }

    private bool Matches(JobRow row, ClusterReading reading)
    {
        var job = row.Job.Definition;
        return (Status is null || Status == row.Status)
            && Is(Category, JobLabels.OrUnknown(job.Category))
            && Is(Owner, JobLabels.OrUnknown(job.Owner))
            && Is(Queue, job.Queue)
            && Is(Node, reading.OwnerOf(row.Job.Id))
            && (Tag is null || job.Tags.Contains(Tag, StringComparer.Ordinal))
            && MatchesText(row.Job, Text);
    }

    private static bool Is(string? wanted, string? value)
    {
        return wanted is null || string.Equals(wanted, value, StringComparison.Ordinal);
    }

    /// <summary>Whether a job has a text in its id, name, owner or a tag, without regard to case; null is in all.</summary>
    public static bool MatchesText(Job job, string? text)
    {
        var definition = job.Definition;
        return text is null || Contains(definition.Id) || Contains(definition.Name) || Contains(definition.Owner) || definition.Tags.Any(Contains);

        bool Contains(string? value)
        {
            return value is not null && value.Contains(text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
