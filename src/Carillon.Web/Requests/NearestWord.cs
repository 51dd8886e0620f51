namespace Carillon.Web;

/// <summary>Finds what somebody probably meant to write.</summary>
internal static class NearestWord
{
    private const int MaxLength = 60;

    /// <summary>The known word with the fewest letters to change, add or remove; the first of several.</summary>
    public static string Of(string word, IEnumerable<string> known)
    {
        var text = word.Length > MaxLength ? word[..MaxLength] : word;
        return known.MinBy(candidate => Distance(text, candidate)) ?? string.Empty;
    }

    /// <summary>The edit distance of Levenshtein, without regard to case.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(left[i]) == char.ToLowerInvariant(right[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(row[j], row[j + 1]));
            }
        }

        return row[^1];
    }
}
