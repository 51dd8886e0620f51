namespace Carillon.Model;

/// <summary>Finds what somebody probably meant to write.</summary>
public static class NearestWord
{
    private const int MaxLength = 60;

    /// <summary>The known word with the fewest letters to change, add or remove; the first of several, or nothing.</summary>
    public static string Of(string word, IEnumerable<string> known)
    {
        return known.MinBy(candidate => Distance(word, candidate)) ?? string.Empty;
    }

    /// <summary>The edit distance of Levenshtein, without regard to case. Of a long word only the beginning counts.</summary>
    public static int Distance(string word, string candidate)
    {
        var text = word.Length > MaxLength ? word[..MaxLength] : word;
        var row = Enumerable.Range(0, candidate.Length + 1).ToArray();
        for (var i = 0; i < text.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < candidate.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(text[i]) == char.ToLowerInvariant(candidate[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(row[j], row[j + 1]));
            }
        }

        return row[^1];
    }
}
