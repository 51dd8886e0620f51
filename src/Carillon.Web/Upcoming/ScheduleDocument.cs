using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>What is due over all jobs.</summary>
internal sealed record ScheduleDocument
{
    /// <summary>Makes the document of a page.</summary>
    public ScheduleDocument(UpcomingQuery query, UpcomingRuns upcoming, DateTimeOffset asOf)
    {
        var (page, hasMore) = upcoming.Take();
        Items = [.. page.Select(static run => new UpcomingDocument(run))];
        NextCursor = hasMore ? new UpcomingCursor(query.From, page[^1].At, page[^1].Job.Id).ToString() : null;
        Total = hasMore ? Math.Max(upcoming.DueJobs, Items.Count + 1) : Items.Count;
        TotalIsExact = !hasMore && query.After is null;
        From = query.From;
        To = query.Until;
        Fold = query.Fold;
        AsOf = asOf;
    }

    /// <summary>In the order of time, and of ids where that is the same.</summary>
    public IReadOnlyList<UpcomingDocument> Items { get; }

    /// <summary>What to pass as <c>cursor</c> for the next page; null at the end.</summary>
    public string? NextCursor { get; }

    /// <summary>How many entries there are from here on, where that is known; else at least so many.</summary>
    public int Total { get; }

    /// <summary>Whether the total is that of the whole list.</summary>
    public bool TotalIsExact { get; }

    /// <summary>The beginning of the period.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Its end, not part of it.</summary>
    public DateTimeOffset To { get; }

    /// <summary>Occurrences of a job within so long are one entry.</summary>
    public TimeSpan Fold { get; }

    /// <summary>When the jobs were read.</summary>
    public DateTimeOffset AsOf { get; }
}
