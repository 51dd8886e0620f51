using System.Text.RegularExpressions;

namespace Carillon.Architecture.Tests.Rules;

/// <summary>Words that have no place in the files of the project: those of other machines, other people's tools, and unfinished work.</summary>
internal static partial class WordRule
{
    /// <summary>The only folder that may hold the words: here they are named.</summary>
    private const string OwnFolder = "tests/Carillon.Architecture.Tests";

    private static readonly (Regex Word, string Advice)[] Words =
    [
        (UnfinishedWork(), "finish it or file an issue; the code holds no notes of unfinished work"),
        (Tools(), "leave out who or what wrote it; describe the product"),
        (MachinePaths(), "a path of one machine: use a path relative to the repository, or a temporary folder made at run time"),
        (Registries(), "a package registry's address: it belongs to the machine's configuration, not to the repository"),
    ];

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        return from file in tree.Files
               where !file.IsBelow(OwnFolder)
               from line in file.Lines.Index()
               from rule in Words
               let match = rule.Word.Match(line.Item)
               where match.Success
               select new Finding(file.Path, line.Index + 1, $"'{match.Value}': {rule.Advice}");
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex UnfinishedWork();

    // An agent is allowed as a User-Agent, a session as a database's.
    [GeneratedRegex(
        @"\b(claude|anthropic|openai|chatgpt|copilot|codex|gpt-\d|llms?|ai|(?<!user[-_ ]?)(sub-?)?agents?|worktrees?)\b|\b(this|previous|last|next|earlier|coding) session\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tools();

    [GeneratedRegex(
        @"(?<![\w.~-])/((work|root)/|(home|Users)/\w{2,}|tmp/(wt|brief)\b)|\b[A-Z]:\\Users\\",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MachinePaths();

    [GeneratedRegex(
        @"\b(api\.nuget\.org|registry\.npmjs\.org|registry\.yarnpkg\.com|deb\.debian\.org|(\w[\w-]*\.)*(artifactory|nexus|jfrog|registry-?mirror|package-?mirror)[\w.-]*\.[a-z]{2,})",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Registries();
}
