using System.Text.RegularExpressions;

namespace Carillon.Architecture.Tests.Rules;

/// <summary>Every metric that docs/metrics.md names is written by some code in src.</summary>
internal static partial class MetricNameRule
{
    private const string Page = "docs/metrics.md";

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        if (tree.Find(Page) is not { } page)
        {
            return [];
        }

        var code = tree.Files.Where(f => f.Extension is ".cs" && f.IsBelow("src")).Select(f => f.Text).ToArray();
        return from line in page.Lines.Index()
               from name in Names().Matches(line.Item).Select(m => m.Groups["name"].Value)
               where !code.Any(c => c.Contains($"\"{name}\"", StringComparison.Ordinal))
               select new Finding(Page, line.Index + 1, $"no code in src writes '{name}': mend the name, or remove it from the page");
    }

    // The series of a histogram are documented under the histogram's own name.
    [GeneratedRegex(
        @"`(?<name>(scheduler|carillon|chronflow|celery)_[a-z0-9_]+?)(_bucket|_sum|_count)?(\{[^`]*)?`",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Names();
}
