using System.Text.RegularExpressions;

namespace Carillon.Architecture.Tests.Rules;

/// <summary>Tests run, can fail, and wait for what they mean.</summary>
internal static partial class TestRule
{
    private static readonly (Regex Pattern, string Advice)[] Patterns =
    [
        (Skipped(), "a skipped test tells nothing: mend it or delete it"),
        (Sleep(), "waits for time to pass: wait for a named event, with a deadline that says what was missing, or advance a virtual clock"),
        (Hollow(), "a check that cannot fail: assert what the name of the test promises"),
    ];

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        return from file in tree.Files
               where file.Extension is ".cs" && file.IsBelow("tests") && !file.IsBelow("tests/Carillon.Benchmarks") // windows of real time
               from line in file.Lines.Index()
               from rule in Patterns
               let match = rule.Pattern.Match(WithoutText(line.Item))
               where match.Success
               select new Finding(file.Path, line.Index + 1, $"'{match.Value}': {rule.Advice}");
    }

    private static string WithoutText(string line)
    {
        return Quoted().Replace(line, "\"\"");
    }

    [GeneratedRegex(@"\[(Fact|Theory)\(.*\bSkip\s*=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Skipped();

    // A delay on a clock that the test moves is fine; the real one is called TimeProvider.System.
    [GeneratedRegex(
        @"\bThread\.Sleep\(|\bTask\.Delay\((?!.*,\s*[\w.]*([Tt]ime|[Cc]lock)\s*[,)])",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bAssert\.(True\(true|False\(false)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Hollow();

    [GeneratedRegex(@"""([^""\\]|\\.)*""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Quoted();
}
