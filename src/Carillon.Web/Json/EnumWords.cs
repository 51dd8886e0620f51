using System.Text.Json;

namespace Carillon.Web;

/// <summary>The names of an enum as words: snake_case.</summary>
internal static class EnumWords<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<string, TEnum> ByWord = Enum.GetValues<TEnum>()
        .ToDictionary(static value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    private static readonly Dictionary<TEnum, string> Words = ByWord.ToDictionary(static pair => pair.Value, static pair => pair.Key);

    /// <summary>Every word.</summary>
    public static IReadOnlyCollection<string> All => ByWord.Keys;

    /// <summary>The value of a word, or null. Hyphens count as underscores.</summary>
    public static TEnum? Find(string word)
    {
        return ByWord.TryGetValue(word.Replace('-', '_'), out var value) ? value : null;
    }

    /// <summary>The word of a value.</summary>
    public static string Of(TEnum value)
    {
        return Words[value];
    }
}
