using System.Globalization;
using System.Text.RegularExpressions;

namespace Carillon.Architecture.Tests.Rules;

/// <summary>
/// docs/reliability.md has a row for every trap of the protocol, and each test that it names exists. A row without a test
/// says who is to bring one.
/// </summary>
internal static partial class TrapTableRule
{
    private const string Page = "docs/reliability.md";
    private const int Traps = 26;

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        if (tree.Find(Page) is not { } page)
        {
            return [new Finding(Page, 1, "missing: it says which test holds which trap")];
        }

        var rows = page.Lines.Index()
            .Select(static line => (No: line.Index + 1, Match: Row().Match(line.Item)))
            .Where(static row => row.Match.Success)
            .ToArray();
        return CheckNumbers([.. rows.Select(static row => row.Match.Groups["trap"].Value)])
            .Concat(rows.SelectMany(row => CheckTests(tree, row.No, row.Match.Groups["tests"].Value)));
    }

    private static IEnumerable<Finding> CheckNumbers(string[] found)
    {
        return from trap in Enumerable.Range(1, Traps).Select(static n => n.ToString(CultureInfo.InvariantCulture))
               let rows = found.Count(f => string.Equals(f, trap, StringComparison.Ordinal))
               where rows != 1
               select new Finding(Page, 1, $"{rows} rows for trap {trap}: there must be one");
    }

    private static IEnumerable<Finding> CheckTests(SourceTree tree, int line, string tests)
    {
        var named = Test().Matches(tests);
        if (named.Count == 0 && !tests.TrimStart().StartsWith("see ", StringComparison.Ordinal))
        {
            yield return new Finding(Page, line, "names no test: write `Class.Method`, or who brings one (see ...)");
        }

        foreach (var (type, method) in named.Select(static m => (m.Groups["type"].Value, m.Groups["method"].Value)))
        {
            if (!tree.Files.Any(f => IsTestOf(f, type) && f.Text.Contains($" {method}(", StringComparison.Ordinal)))
            {
                yield return new Finding(Page, line, $"there is no test {type}.{method}: mend the name");
            }
        }
    }

    private static bool IsTestOf(SourceFile file, string type)
    {
        return file.IsBelow("tests") && file.Path.EndsWith($"/{type}.cs", StringComparison.Ordinal);
    }

    [GeneratedRegex(
        @"^\| (?<trap>\d+) \|[^|]*\|(?<tests>[^|]*)\|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<type>\w+)\.(?<method>\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Test();
}
