namespace Carillon.Web;

/// <summary>What a list is sorted by: a number, a text, or nothing, which comes last in either direction.</summary>
/// <param name="Number">A number, or null.</param>
/// <param name="Text">A text, or null.</param>
internal readonly record struct SortKey(decimal? Number, string? Text)
{
    /// <summary>Sorts by a number.</summary>
    public static SortKey Of(decimal? number)
    {
        return new SortKey(number, null);
    }

    /// <summary>Sorts by a text, letters without regard to case.</summary>
    public static SortKey Of(string? text)
    {
        return new SortKey(null, text);
    }

    /// <summary>The order of two keys of one kind.</summary>
    public static int Compare(SortKey left, SortKey right, bool descending)
    {
        if (left.IsNothing || right.IsNothing)
        {
            return left.IsNothing.CompareTo(right.IsNothing);
        }

        var order = left.Number is { } number
            ? number.CompareTo(right.Number ?? 0)
            : string.Compare(left.Text, right.Text, StringComparison.OrdinalIgnoreCase);
        return descending ? -order : order;
    }

    private bool IsNothing => Number is null && Text is null;
}
