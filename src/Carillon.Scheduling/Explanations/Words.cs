using System.Globalization;

namespace Carillon.Scheduling.Explanations;

/// <summary>Pieces of sentences.</summary>
internal static class Words
{
    /// <summary><c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> items) => items.Count < 2
        ? string.Concat(items)
        : string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1];

    /// <summary><c>1st</c>, <c>2nd</c>, <c>13th</c>.</summary>
    public static string Ordinal(int number)
    {
        var suffix = (number % 100, number % 10) switch
        {
            (11 or 12 or 13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        return number.ToString(CultureInfo.InvariantCulture) + suffix;
    }
}
