using System.Text;
using Carillon.Model;

namespace Carillon.Node.Hocon.Schema;

/// <summary>
/// Names of options: <c>time-zone</c> in configuration files, <c>TimeZone</c> in code. They compare without case,
/// '-' and '_'.
/// </summary>
internal static class OptionName
{
    /// <summary>The name without '-' and '_'.</summary>
    public static string Normalize(string name) => name
        .Replace("-", string.Empty, StringComparison.Ordinal)
        .Replace("_", string.Empty, StringComparison.Ordinal);

    /// <summary><c>TimeZone</c> as <c>time-zone</c>; a run of capitals counts as one word.</summary>
    public static string ToKebabCase(string name)
    {
        var kebab = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            kebab.Append(startsWord ? "-" : string.Empty).Append(char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString();
    }

    /// <summary>The candidate that takes the fewest edits to reach; null when all differ in more than half.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        var normalized = Normalize(name);
        return candidates
            .Select(candidate => (Name: candidate, Edits: NearestWord.Distance(normalized, Normalize(candidate))))
            .Where(candidate => candidate.Edits <= Math.Max(normalized.Length, candidate.Name.Length) / 2)
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }
}
