using System.Buffers;
using System.Text;

namespace Carillon.Metrics;

/// <summary>Builds label pairs as a page writes them: <c>a="x",b="y"</c>, escaped, without braces.</summary>
internal static class LabelText
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\"\n");

    /// <summary>
    /// The pairs in the order given. Lone surrogates become U+FFFD; a value is cut to
    /// <see cref="JobLabels.MaxLength"/>.
    /// </summary>
    public static byte[] Of(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"").Append(Escape(Cut(value))).Append('"');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cut(string value)
    {
        if (value.Length <= JobLabels.MaxLength)
        {
            return value;
        }

        var splits = char.IsHighSurrogate(value[JobLabels.MaxLength - 1]);
        return value[..(splits ? JobLabels.MaxLength - 1 : JobLabels.MaxLength)];
    }

    private static string Escape(string value)
    {
        return value.AsSpan().ContainsAny(Escaped)
            ? value
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)
            : value;
    }
}
