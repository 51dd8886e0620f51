namespace Carillon.Web;

/// <summary>One page of a list.</summary>
/// <param name="Items">In order; at most the limit.</param>
/// <param name="NextCursor">What to pass as <c>cursor</c> for the next page; null at the end.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="TotalIsExact">False when counting stopped early.</param>
/// <param name="AsOf">Nothing in the list is older.</param>
internal record ListPage<T>(
    IReadOnlyList<T> Items, string? NextCursor, long Total, bool TotalIsExact, DateTimeOffset AsOf)
{
    /// <summary>A list that fits one page.</summary>
    public static ListPage<T> Whole(IReadOnlyList<T> items, DateTimeOffset asOf)
    {
        return new ListPage<T>(items, null, items.Count, true, asOf);
    }
}
