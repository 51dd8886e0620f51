using System.Globalization;

namespace Carillon.Testing;

/// <summary>One sample of a page.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Labels">Its labels, unescaped.</param>
/// <param name="Text">The value as written.</param>
public sealed record ExpositionSample(string Name, IReadOnlyDictionary<string, string> Labels, string Text)
{
    /// <summary>The value.</summary>
    public double Value => Text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>Its labels in the order of their names, all or all but one.</summary>
    public string LabelText(string? but = null)
    {
        return string.Join(',', Labels
            .Where(label => !string.Equals(label.Key, but, StringComparison.Ordinal))
            .OrderBy(static label => label.Key, StringComparer.Ordinal)
            .Select(static label => $"{label.Key}={label.Value.Length}:{label.Value}"));
    }
}
