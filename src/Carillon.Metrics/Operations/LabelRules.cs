using System.Buffers;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// Makes labels and names what Prometheus and the page allow. Nothing is refused: business code does not fail because
/// of a label.
/// </summary>
/// <remarks>
/// Label names: every character but letters, digits and <c>_</c> becomes <c>_</c>; a digit in front gets a <c>_</c>. Names that
/// mean something to Prometheus or to this page (<c>job</c>, <c>instance</c>, <c>le</c>, <c>quantile</c>, <c>operation</c>,
/// <c>error_type</c>, <c>node</c>, and those that begin with <c>__</c>) get <c>label_</c> in front. Of labels of one name
/// the first counts. Values are cut to 200 characters; an empty one is no label; the value <c>_other</c>, which stands
/// for what came after the limit, becomes <c>other</c>.
/// </remarks>
public static class LabelRules
{
    /// <summary>What stands for everything beyond a limit.</summary>
    public const string Other = "_other";

    /// <summary>What stands for something without a name.</summary>
    public const string Unknown = "unknown";

    /// <summary>The most labels of one record; the others are left out.</summary>
    public const int MaxLabels = 10;

    /// <summary>The longest operation name, label name or label value.</summary>
    public const int MaxLength = 200;

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "job", "instance", "le", "quantile", "operation", "error_type", "node",
    };

    /// <summary>An operation's name as it is shown.</summary>
    public static string Operation(string? name)
    {
        return Text(name);
    }

    /// <summary>A kind of failure as it is shown.</summary>
    public static string ErrorType(string? errorType)
    {
        return Value(Text(errorType));
    }

    /// <summary>A label's name as it is shown.</summary>
    public static string LabelName(string? name)
    {
        var text = Text(name);
        if (text.AsSpan().ContainsAnyExcept(Legal))
        {
            text = string.Create(text.Length, text, static (span, source) =>
            {
                source.CopyTo(span);
                for (var at = span.IndexOfAnyExcept(Legal); at >= 0; at = span.IndexOfAnyExcept(Legal))
                {
                    span[at] = '_';
                }
            });
        }

        return char.IsAsciiDigit(text[0]) ? "_" + text
            : Reserved.Contains(text) || text.StartsWith("__", StringComparison.Ordinal) ? "label_" + text
            : text;
    }

    /// <summary>The labels as they are shown, sorted by name, each name once, none empty.</summary>
    public static LabelSet Labels(ReadOnlySpan<OperationLabel> labels)
    {
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in labels)
        {
            if (kept.Count < MaxLabels && !string.IsNullOrEmpty(value))
            {
                kept.TryAdd(LabelName(name), Value(StoredText.Clean(value, MaxLength)));
            }
        }

        return kept.Count == 0 ? LabelSet.Empty : new LabelSet([.. kept.Select(static l => new OperationLabel(l.Key, l.Value))]);
    }

    private static string Value(string value)
    {
        return string.Equals(value, Other, StringComparison.Ordinal) ? "other" : value;
    }

    private static string Text(string? text)
    {
        return string.IsNullOrWhiteSpace(text) ? Unknown : StoredText.Clean(text, MaxLength);
    }
}
