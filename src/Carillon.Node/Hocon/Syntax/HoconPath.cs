using System.Text;

namespace Carillon.Node.Hocon.Syntax;

/// <summary>Keys from the root to a field.</summary>
internal sealed class HoconPath(IReadOnlyList<string> keys)
{
    public static HoconPath Root { get; } = new([]);

    public IReadOnlyList<string> Keys { get; } = keys;

    public HoconPath Append(HoconPath other) =>
        Keys.Count == 0 ? other : new HoconPath([.. Keys, .. other.Keys]);

    public HoconPath Append(string key) => new([.. Keys, key]);

    /// <summary>The path as HOCON writes it: keys joined by '.', quoted where they must be.</summary>
    public override string ToString() => string.Join('.', Keys.Select(Written));

    private static string Written(string key)
    {
        if (key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '-' or '_'))
        {
            return key;
        }

        var quoted = new StringBuilder("\"");
        foreach (var c in key)
        {
            quoted.Append(c is '"' or '\\' ? "\\" : string.Empty).Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
