using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>The errors of a period by kind.</summary>
internal sealed record ErrorsDocument
{
    /// <summary>Makes the document of a page.</summary>
    public ErrorsDocument(ErrorPage page, ErrorQuery query, DateTimeOffset asOf)
    {
        Items = [.. page.Groups.Select(static group => new ErrorGroupDocument(group))];
        Total = page.Total;
        TotalIsExact = page.IsExact;
        Errors = page.Errors;
        From = query.From;
        To = query.Until;
        AsOf = asOf;
    }

    /// <summary>The groups, the most frequent first.</summary>
    public IReadOnlyList<ErrorGroupDocument> Items { get; }

    /// <summary>How many groups there are.</summary>
    public int Total { get; }

    /// <summary>False when only the newest 100,000 errors of the period were counted.</summary>
    public bool TotalIsExact { get; }

    /// <summary>How many errors all groups hold.</summary>
    public long Errors { get; }

    /// <summary>The beginning of the period.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The end of the period, not part of it.</summary>
    public DateTimeOffset To { get; }

    /// <summary>Nothing in the list is older.</summary>
    public DateTimeOffset AsOf { get; }
}
