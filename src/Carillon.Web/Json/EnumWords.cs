using System.Text.Json;

namespace Carillon.Web;

/// <summary>The names of an enum as words: snake_case.</summary>
internal static class EnumWords<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Words = Enum.GetValues<TEnum>()
        .ToDictionary(static value => value, static value => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}"));

    private static readonly Dictionary<string, TEnum> ByWord = Words
        .ToDictionary(static pair => pair.Value, static pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Every word.</summary>
    public static IReadOnlyCollection<string> All => Words.Values;

    /// <summary>The value of a word, or null. Hyphens count as underscores.</summary>
    public static TEnum? Find(string word)
    {
        return ByWord.TryGetValue(word.Replace('-', '_'), out var value) ? value : null;
    }

    /// <summary>A figure for each value, by its word.</summary>
    public static IReadOnlyDictionary<string, long> Table(Func<TEnum, long> figure)
    {
        return Words.ToDictionary(pair => pair.Value, pair => figure(pair.Key), StringComparer.Ordinal);
    }

    /// <summary>The word of a value.</summary>
    public static string Of(TEnum value)
    {
        return Words[value];
    }
}
