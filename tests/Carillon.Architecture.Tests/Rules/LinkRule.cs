using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Carillon.Architecture.Tests.Rules;

/// <summary>Every relative link of a Markdown file leads to a file, a folder or a heading of the repository.</summary>
internal static partial class LinkRule
{
    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        return from file in tree.Files
               where file.Extension is ".md"
               from line in Prose(file)
               from link in Links().Matches(line.Text)
               let problem = ProblemOf(tree, file, link.Groups["target"].Value)
               where problem is not null
               select new Finding(file.Path, line.No, problem);
    }

    private static string? ProblemOf(SourceTree tree, SourceFile from, string link)
    {
        if (Scheme().IsMatch(link))
        {
            return null;
        }

        var parts = link.Split('#', 2);
        var path = parts[0].Length == 0 ? from.Path : Resolve(from.Folder, parts[0]);
        if (path is null || (tree.Find(path) is null && !tree.HasFolder(path)))
        {
            return $"link '{link}' leads nowhere: there is no '{path ?? parts[0]}' in the repository (case counts)";
        }

        return parts.Length == 2 && tree.Find(path) is { Extension: ".md" } target && !Anchors(target).Contains(parts[1])
            ? $"link '{link}' leads nowhere: {path} has no heading '#{parts[1]}'"
            : null;
    }

    private static string? Resolve(string folder, string relative)
    {
        var parts = new Stack<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is ".." && !parts.TryPop(out _))
            {
                return null;
            }

            if (part is not ("." or ".."))
            {
                parts.Push(part);
            }
        }

        return string.Join('/', parts.Reverse());
    }

    /// <summary>The anchors that a Markdown page gets from its headings, in the way of GitHub.</summary>
    private static HashSet<string> Anchors(SourceFile page)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (text, _) in Prose(page).Where(l => Heading().IsMatch(l.Text)))
        {
            var slug = Slug(text.TrimStart('#').Trim());
            var anchor = slug;
            for (var n = 1; !anchors.Add(anchor); n++)
            {
                anchor = string.Create(CultureInfo.InvariantCulture, $"{slug}-{n}");
            }
        }

        return anchors;
    }

    private static string Slug(string heading)
    {
        var slug = new StringBuilder();
        foreach (var c in heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
        {
            slug.Append(c == ' ' ? '-' : c);
        }

        return slug.ToString();
    }

    /// <summary>The lines outside fenced code, without inline code in link position.</summary>
    private static IEnumerable<(string Text, int No)> Prose(SourceFile page)
    {
        var isCode = false;
        foreach (var (index, line) in page.Lines.Index())
        {
            var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            if (!isCode && !isFence)
            {
                yield return (line, index + 1);
            }
        }
    }

    [GeneratedRegex(
        @"\]\((?<target>[^()\s]+)(\s+""[^""]*"")?\)|^\[[^\]]+\]:\s*(?<target>\S+)|\b(src|srcset|href)=""(?<target>[^""]+)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Links();

    [GeneratedRegex(@"^([a-z][a-z0-9+.-]*:|//)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Scheme();

    [GeneratedRegex("^#{1,6} ", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Heading();
}
