using System.Globalization;
using System.Text;

namespace Carillon.Metrics.Tests;

/// <summary>
/// A strict reader of the text format 0.0.4: it accepts what the format asks for and nothing that readers merely
/// tolerate. Every problem is an exception that names the line.
/// </summary>
internal sealed class TextPage
{
    private readonly Dictionary<string, Family> _families = [];
    private readonly HashSet<string> _series = [];
    private Family? _current;
    private string? _helped;

    public IReadOnlyDictionary<string, Family> Families => _families;

    public static TextPage Parse(string text)
    {
        var page = new TextPage();
        Require(text.EndsWith('\n'), "the page does not end with a line feed", text);
        Require(!text.Contains('\r', StringComparison.Ordinal), "there is a carriage return", text);
        foreach (var line in text[..^1].Split('\n'))
        {
            Require(line.Length > 0, "an empty line", line);
            if (line.StartsWith('#'))
            {
                page.ReadMetadata(line);
            }
            else
            {
                page.ReadSample(line);
            }
        }

        foreach (var family in page._families.Values.Where(static f => f.Type is "histogram"))
        {
            CheckHistogram(family);
        }

        return page;
    }

    public double Value(string name, params (string Name, string Value)[] labels)
    {
        var found = Find(name, labels);
        Assert.True(found is not null, $"no series {name} with {string.Join(", ", labels)}");
        return double.Parse(found.Text, CultureInfo.InvariantCulture);
    }

    public Sample? Find(string name, params (string Name, string Value)[] labels)
    {
        return _families.Values.SelectMany(static f => f.Samples)
            .SingleOrDefault(sample => Same(sample.Name, name)
                && labels.All(label => Same(sample.Labels.GetValueOrDefault(label.Name), label.Value)));
    }

    private static void CheckHistogram(Family family)
    {
        foreach (var one in family.Samples.GroupBy(static s => Text(s.Labels, but: "le"), StringComparer.Ordinal))
        {
            var buckets = one.Where(s => Same(s.Name, family.Name + "_bucket")).ToList();
            var bounds = buckets.Select(static b => b.Labels["le"]).ToList();
            Require(bounds[^1] is "+Inf", "the last bucket is not +Inf", one.Key);
            var dotted = bounds[..^1].TrueForAll(static bound => bound.Contains('.', StringComparison.Ordinal));
            Require(dotted, "a bound without a dot", one.Key);
            var numbers = bounds[..^1].ConvertAll(static b => double.Parse(b, CultureInfo.InvariantCulture));
            Require(numbers.SequenceEqual(numbers.Distinct().Order()), "bounds do not grow", one.Key);
            var counts = buckets.ConvertAll(static b => long.Parse(b.Text, CultureInfo.InvariantCulture));
            Require(counts.SequenceEqual(counts.Order()), "bucket counts fall", one.Key);
            var count = one.Single(s => Same(s.Name, family.Name + "_count"));
            Require(Same(count.Text, buckets[^1].Text), "count and +Inf differ", one.Key);
            Require(one.Count(s => Same(s.Name, family.Name + "_sum")) == 1, "no sum", one.Key);
        }
    }

    private static void Require(bool condition, string problem, string line)
    {
        if (!condition)
        {
            throw new FormatException($"{problem}: {line}");
        }
    }

    private static bool Same(string? left, string? right)
    {
        return string.Equals(left, right, StringComparison.Ordinal);
    }

    private static string Text(Dictionary<string, string> labels, string? but = null)
    {
        return string.Join('|', labels
            .Where(label => !Same(label.Key, but))
            .OrderBy(static label => label.Key, StringComparer.Ordinal)
            .Select(static label => $"{label.Key}={label.Value}"));
    }

    private static bool IsName(string name)
    {
        return name.Length > 0
            && !char.IsAsciiDigit(name[0])
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
    }

    private void ReadMetadata(string line)
    {
        var parts = line.Split(' ', 4);
        Require(parts.Length == 4 && parts[0] is "#" && IsName(parts[2]), "not HELP or TYPE", line);
        if (parts[1] is "HELP")
        {
            Require(parts[3].Length > 0, "an empty HELP", line);
            _helped = parts[2];
            return;
        }

        Require(parts is [_, "TYPE", _, "counter" or "gauge" or "histogram"], "not a type", line);
        Require(Same(_helped, parts[2]), "TYPE does not follow its HELP", line);
        Require(!_families.ContainsKey(parts[2]), "a family comes twice or is not contiguous", line);
        var isTotal = parts[2].EndsWith("_total", StringComparison.Ordinal);
        Require(parts[3] is "counter" == isTotal, "_total and counter do not go together", line);
        _current = new Family(parts[2], parts[3], []);
        _families.Add(parts[2], _current);
    }

    private void ReadSample(string line)
    {
        var name = new string([.. line.TakeWhile(static c => c is not ('{' or ' '))]);
        Require(IsName(name), "not a name", line);
        var family = _current ?? throw new FormatException($"a sample before its TYPE: {line}");
        var suffix = name.StartsWith(family.Name, StringComparison.Ordinal) ? name[family.Name.Length..] : "?";
        Require(
            family.Type is "histogram" ? suffix is "_bucket" or "_sum" or "_count" : suffix.Length == 0,
            "a sample of another family",
            line);
        var rest = line[name.Length..];
        var labels = rest.StartsWith('{') ? ReadLabels(ref rest, line) : [];
        Require(rest.StartsWith(' '), "no space before the value", line);
        var text = rest[1..];
        var plain = text.All(static c => char.IsAsciiDigit(c) || c is '.' or '-' or '+' or 'E');
        Require(plain, "not a plain number", line);
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        Require(family.Type is "gauge" || value >= 0, "a counter below 0", line);
        Require(_series.Add($"{name}|{Text(labels)}"), "a series comes twice", line);
        family.Samples.Add(new Sample(name, labels, text));
    }

    private static Dictionary<string, string> ReadLabels(ref string rest, string line)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = 1;
        while (true)
        {
            var equals = rest.IndexOf("=\"", at, StringComparison.Ordinal);
            Require(equals > at && IsName(rest[at..equals]), "not a label name", line);
            var name = rest[at..equals];
            Require(name is not ("job" or "instance"), "a label that belongs to the scraper", line);
            var value = new StringBuilder();
            for (at = equals + 2; rest[at] != '"'; at++)
            {
                value.Append(rest[at] == '\\' ? Unescape(rest[++at], line) : rest[at]);
            }

            Require(value.Length > 0, "an empty label value", line);
            Require(labels.TryAdd(name, value.ToString()), "a label comes twice", line);
            at++;
            if (rest[at] == '}')
            {
                rest = rest[(at + 1)..];
                return labels;
            }

            Require(rest[at++] == ',', "labels without a comma", line);
        }
    }

    private static char Unescape(char escaped, string line)
    {
        return escaped switch
        {
            '\\' or '"' => escaped,
            'n' => '\n',
            _ => throw new FormatException($"an unknown escape: {line}"),
        };
    }

    internal sealed record Family(string Name, string Type, List<Sample> Samples);

    internal sealed record Sample(string Name, Dictionary<string, string> Labels, string Text);
}
