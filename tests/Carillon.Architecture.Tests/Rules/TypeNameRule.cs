using System.Text.RegularExpressions;

namespace Carillon.Architecture.Tests.Rules;

/// <summary>Type names that say nothing about what the type does.</summary>
internal static partial class TypeNameRule
{
    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        return from file in tree.Files
               where file.Extension is ".cs"
               from line in file.Lines.Index()
               let match = Declaration().Match(line.Item)
               where match.Success
               select new Finding(
                   file.Path, line.Index + 1, $"type '{match.Groups["name"].Value}': name it after what it does or holds, in the words of the field");
    }

    [GeneratedRegex(
        @"^\s*((public|internal|private|protected|static|sealed|abstract|partial|readonly|ref|file|new)\s+)*(class|struct|interface|enum|record(\s+(class|struct))?)\s+(?<name>\w*(Manager|Helper|Util|Common)\w*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Declaration();
}
