using System.Text;

namespace Carillon.Testing;

/// <summary>Reads the families of a page, and holds the page to the rules that are about more than one line.</summary>
internal sealed class ExpositionReader(bool isOpenMetrics)
{
    private static readonly string[] TextTypes = ["counter", "gauge", "histogram", "summary", "untyped"];

    private static readonly string[] OpenMetricsTypes =
        ["counter", "gauge", "histogram", "gaugehistogram", "stateset", "info", "summary", "unknown"];

    private readonly List<ExpositionFamily> _families = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<ExpositionSample> _samples = [];
    private string? _family;

    public IReadOnlyList<ExpositionFamily> Read(string text)
    {
        Require(text.EndsWith('\n'), "the page does not end with a line feed", text);
        Require(!text.StartsWith('\ufeff'), "a byte order mark", text);
        var lines = text[..^1].Split('\n');
        if (isOpenMetrics)
        {
            Require(lines[^1] is "# EOF", "the page does not end with # EOF", lines[^1]);
            lines = lines[..^1];
        }

        foreach (var line in lines)
        {
            Require(line.Length > 0, "an empty line", line);
            if (line.StartsWith('#'))
            {
                ReadMetadata(line);
            }
            else
            {
                ReadSample(line);
            }
        }

        CloseFamily();
        return _families;
    }

    public static void Require(bool condition, string problem, string line)
    {
        if (!condition)
        {
            throw new FormatException($"{problem}: {line}");
        }
    }

    private void ReadMetadata(string line)
    {
        Require(!line.Contains('\r', StringComparison.Ordinal), "a carriage return", line);
        var parts = line.Split(' ', 4);
        Require(parts is ["#", "HELP" or "TYPE" or "UNIT", _, _], "a # line that is no metadata", line);
        var (kind, name, text) = (parts[1], parts[2], parts[3]);
        Require(kind is not "UNIT" || isOpenMetrics, "a # line that is no metadata", line);
        if (!string.Equals(name, _family, StringComparison.Ordinal))
        {
            CloseFamily();
            Require(SampleRules.IsName(name), "not a name", line);
            _family = name;
        }

        Require(_samples.Count == 0, "metadata after samples", line);
        Require(text.Length > 0, "metadata without text", line);
        var types = isOpenMetrics ? OpenMetricsTypes : TextTypes;
        Require(kind is not "TYPE" || types.Contains(text, StringComparer.Ordinal), "not a type", line);
        Require(_metadata.TryAdd(kind, kind is "HELP" ? Unescape(text, line) : text), "metadata twice", line);
    }

    private void ReadSample(string line)
    {
        var sample = SampleScanner.Read(line);
        Require(_family is not null && _metadata.ContainsKey("TYPE"), "a sample before its TYPE", line);
        Require(_metadata.ContainsKey("HELP"), "a sample before its HELP", line);
        var suffix = sample.Name.StartsWith(_family!, StringComparison.Ordinal) ? sample.Name[_family!.Length..] : "?";
        Require(SampleRules.Suffixes(_metadata["TYPE"], isOpenMetrics).Contains(suffix, StringComparer.Ordinal),
            "a sample of another family", line);
        Require(_series.Add($"{sample.Name}|{sample.LabelText()}"), "a series comes twice", line);
        _samples.Add(sample);
    }

    private void CloseFamily()
    {
        if (_family is null)
        {
            return;
        }

        Require(_metadata.TryGetValue("TYPE", out var type), "a family without TYPE", _family);
        Require(_metadata.TryGetValue("HELP", out var help), "a family without HELP", _family);
        var family = new ExpositionFamily(_family, type!, help!, _metadata.GetValueOrDefault("UNIT"), [.. _samples]);
        Require(!_families.Exists(known => string.Equals(known.Name, _family, StringComparison.Ordinal)),
            "a family comes twice, or is not contiguous", _family);
        foreach (var suffix in SampleRules.Suffixes(family.Type, isOpenMetrics).Append("").Distinct())
        {
            Require(_names.Add(_family + suffix), "a name that another family uses", _family + suffix);
        }

        SampleRules.Check(family, isOpenMetrics);
        _families.Add(family);
        _metadata.Clear();
        _samples.Clear();
        _family = null;
    }

    private string Unescape(string help, string line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < help.Length; i++)
        {
            if (help[i] != '\\')
            {
                Require(!isOpenMetrics || help[i] != '"', "a quote that is not escaped", line);
                text.Append(help[i]);
                continue;
            }

            var escaped = ++i < help.Length ? help[i] : ' ';
            Require(escaped is '\\' or 'n' || (isOpenMetrics && escaped is '"'), "an unknown escape", line);
            text.Append(escaped is 'n' ? '\n' : escaped);
        }

        return text.ToString();
    }
}
