using System.Globalization;

namespace Carillon.Testing;

/// <summary>The rules of a family whose samples are all known, by its type.</summary>
internal static class SampleRules
{
    private const string Total = "_total";
    private static readonly string[] Plain = [""];

    /// <summary>How the names of a family's samples go on after its own name.</summary>
    public static IReadOnlyList<string> Suffixes(string type, bool isOpenMetrics)
    {
        return type switch
        {
            "counter" => isOpenMetrics ? [Total] : Plain,
            "histogram" => ["_bucket", "_sum", "_count"],
            "info" => ["_info"],
            "gauge" or "unknown" or "untyped" => Plain,
            _ => throw new FormatException($"this product has no family of the type {type}"),
        };
    }

    /// <summary>Whether a family may be called so.</summary>
    public static bool IsName(string name)
    {
        return name.Length > 0
            && !char.IsAsciiDigit(name[0])
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':');
    }

    /// <summary>Holds a family to the rules.</summary>
    public static void Check(ExpositionFamily family, bool isOpenMetrics)
    {
        CheckName(family, isOpenMetrics);
        CheckUnit(family);
        switch (family.Type)
        {
            case "counter":
                CheckEach(family, static value => value >= 0, "a counter that is negative or not a number");
                break;
            case "info":
                CheckEach(family, static value => value.Equals(1.0), "an info that is not 1");
                break;
            case "histogram":
                CheckContiguous(family);
                foreach (var series in family.Samples.GroupBy(static s => s.LabelText("le"), StringComparer.Ordinal))
                {
                    CheckHistogram(family.Name, [.. series]);
                }

                break;
        }
    }

    private static void CheckName(ExpositionFamily family, bool isOpenMetrics)
    {
        var isTotal = family.Name.EndsWith(Total, StringComparison.Ordinal);
        switch (family.Type)
        {
            case "counter":
                Require(isTotal != isOpenMetrics, "a counter's name in the metadata", family.Name);
                break;
            case "gauge" or "histogram" or "info":
                Require(!isTotal, $"{Total} on something else than a counter", family.Name);
                break;
        }
    }

    private static void CheckUnit(ExpositionFamily family)
    {
        if (family.Unit is { } unit)
        {
            Require(family.Type is not "info", "an info with a unit", family.Name);
            Require(family.Name.EndsWith("_" + unit, StringComparison.Ordinal), "a name without its unit", family.Name);
        }
    }

    private static void CheckEach(ExpositionFamily family, Predicate<double> isLegal, string problem)
    {
        foreach (var sample in family.Samples)
        {
            Require(isLegal(sample.Value), problem, $"{sample.Name} {sample.Text}");
        }
    }

    /// <summary>All lines of one set of labels stand together.</summary>
    private static void CheckContiguous(ExpositionFamily family)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? last = null;
        foreach (var labels in family.Samples.Select(static sample => sample.LabelText("le")))
        {
            Require(string.Equals(labels, last, StringComparison.Ordinal) || seen.Add(labels),
                "label sets that are not contiguous", $"{family.Name} {labels}");
            last = labels;
        }
    }

    private static void CheckHistogram(string name, IReadOnlyList<ExpositionSample> samples)
    {
        var buckets = Named(samples, name + "_bucket");
        Require(buckets.All(static bucket => bucket.Labels.ContainsKey("le")), "a bucket without le", name);
        Require(samples.Except(buckets).All(static s => !s.Labels.ContainsKey("le")), "le on a sum or a count", name);
        var bounds = buckets.Select(static bucket => bucket.Labels["le"]).ToList();
        Require(bounds.Count > 0 && bounds[^1] is "+Inf", "the last bucket is not +Inf", name);
        Require(bounds.All(IsCanonical), "a bound that is not written canonically", $"{name} {string.Join(' ', bounds)}");
        var limits = buckets.Select(static b => new ExpositionSample(b.Name, b.Labels, b.Labels["le"]).Value).ToList();
        Require(limits.Zip(limits.Skip(1)).All(static pair => pair.First < pair.Second), "bounds do not grow", name);
        Require(buckets.All(static b => IsCount(b.Text)), "a bucket that is not a whole number", name);
        var counts = buckets.Select(static bucket => bucket.Value).ToList();
        Require(counts.Zip(counts.Skip(1)).All(static pair => pair.First <= pair.Second), "bucket counts fall", name);
        var count = Named(samples, name + "_count");
        Require(count is [var only] && only.Value.Equals(counts[^1]), "count and +Inf differ", name);
        Require(Named(samples, name + "_sum") is [{ Value: >= 0 }], "no sum, or one below 0", name);
    }

    private static List<ExpositionSample> Named(IEnumerable<ExpositionSample> samples, string name)
    {
        return [.. samples.Where(sample => string.Equals(sample.Name, name, StringComparison.Ordinal))];
    }

    private static bool IsCount(string text)
    {
        return text.All(char.IsAsciiDigit);
    }

    /// <summary>As Prometheus writes bounds itself: <c>0.001</c>, <c>1.0</c>, <c>1e+06</c>, <c>+Inf</c>.</summary>
    private static bool IsCanonical(string bound)
    {
        if (bound is "+Inf")
        {
            return true;
        }

        if (!SampleScanner.IsNumber(bound))
        {
            return false;
        }

        var value = double.Parse(bound, CultureInfo.InvariantCulture);
        var isPlain = value is >= 1e-4 and < 1e6;
        return string.Equals(
            bound,
            value.ToString(isPlain ? "0.0################" : "0.################e+00", CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    private static void Require(bool condition, string problem, string line)
    {
        ExpositionReader.Require(condition, problem, line);
    }
}
