using System.Globalization;
using System.Text;

namespace Carillon.Metrics.Tests;

/// <summary>One point of line protocol, read by its grammar with escapes undone.</summary>
internal sealed record InfluxPoint(
    string Measurement, IReadOnlyList<(string Key, string Value)> Tags, IReadOnlyDictionary<string, object> Fields, long Nanoseconds)
{
    public string? Tag(string key)
    {
        return Tags.Where(tag => tag.Key == key).Select(static tag => tag.Value).SingleOrDefault();
    }

    public static InfluxPoint Parse(string line)
    {
        var at = 0;
        var measurement = Word(line, ref at, ", ");
        var tags = new List<(string Key, string Value)>();
        while (line[at] == ',')
        {
            at++;
            var key = Word(line, ref at, "=");
            at++;
            tags.Add((key, Word(line, ref at, ", ")));
        }

        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        do
        {
            at++;
            var key = Word(line, ref at, "=");
            at++;
            var text = Word(line, ref at, ", ");
            fields.Add(
                key,
                text.EndsWith('i')
                    ? (object)long.Parse(text[..^1], CultureInfo.InvariantCulture)
                    : double.Parse(text, CultureInfo.InvariantCulture));
        }
        while (line[at] == ',');

        Assert.Equal(' ', line[at]);
        Assert.All(tags, tag => Assert.True(tag.Key.Length > 0 && tag.Value.Length > 0, $"an empty tag: {line}"));
        Assert.Equal(tags.Select(static tag => tag.Key).Order(StringComparer.Ordinal), tags.Select(static tag => tag.Key));
        return new InfluxPoint(measurement, tags, fields, long.Parse(line[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static string Word(string line, ref int at, string ends)
    {
        var word = new StringBuilder();
        for (; !ends.Contains(line[at], StringComparison.Ordinal); at++)
        {
            if (line[at] == '\\' && line[at + 1] is ',' or '=' or ' ')
            {
                at++;
            }

            word.Append(line[at]);
        }

        return word.ToString();
    }
}
