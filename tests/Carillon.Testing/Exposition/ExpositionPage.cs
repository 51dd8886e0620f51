namespace Carillon.Testing;

/// <summary>
/// A page of metrics, read strictly: it accepts what the format asks for and nothing that readers merely tolerate. Every
/// problem is a <see cref="FormatException"/> that names the rule and the line.
/// </summary>
public sealed class ExpositionPage
{
    private ExpositionPage(IEnumerable<ExpositionFamily> families)
    {
        Families = families.ToDictionary(static family => family.Name, StringComparer.Ordinal);
    }

    /// <summary>The families by name.</summary>
    public IReadOnlyDictionary<string, ExpositionFamily> Families { get; }

    /// <summary>All samples in the order of the page.</summary>
    public IEnumerable<ExpositionSample> Samples => Families.Values.SelectMany(static family => family.Samples);

    /// <summary>The series that must never fall: counters, and everything of histograms.</summary>
    public IEnumerable<ExpositionSample> Counters =>
        Families.Values.Where(static f => f.Type is "counter" or "histogram").SelectMany(static f => f.Samples);

    /// <summary>Reads a page in the text format 0.0.4.</summary>
    public static ExpositionPage ParseText(string text)
    {
        return new ExpositionPage(new ExpositionReader(isOpenMetrics: false).Read(text));
    }

    /// <summary>Reads a page of OpenMetrics 1.0.</summary>
    public static ExpositionPage ParseOpenMetrics(string text)
    {
        return new ExpositionPage(new ExpositionReader(isOpenMetrics: true).Read(text));
    }

    /// <summary>Reads a page in the form that its content type names, which must be one of the two, to the letter.</summary>
    public static ExpositionPage Parse(string? contentType, string text)
    {
        return contentType switch
        {
            "text/plain; version=0.0.4; charset=utf-8" => ParseText(text),
            "application/openmetrics-text; version=1.0.0; charset=utf-8" => ParseOpenMetrics(text),
            _ => throw new FormatException($"the content type of a page cannot be: {contentType}"),
        };
    }

    /// <summary>The one sample of a name that has all these labels; null when there is none.</summary>
    public ExpositionSample? Find(string name, params (string Name, string Value)[] labels)
    {
        return Samples.SingleOrDefault(sample => string.Equals(sample.Name, name, StringComparison.Ordinal)
            && Array.TrueForAll(labels, label => sample.Labels.TryGetValue(label.Name, out var value)
                && string.Equals(value, label.Value, StringComparison.Ordinal)));
    }

    /// <summary>The value of the one sample of a name that has all these labels.</summary>
    public double Value(string name, params (string Name, string Value)[] labels)
    {
        return Find(name, labels)?.Value
            ?? throw new InvalidOperationException($"no series {name} with {string.Join(", ", labels)}");
    }
}
