using System.Text;
using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>Reads the families off a page, so that the list and the page cannot differ.</summary>
internal static class FamilyList
{
    private const string Help = "# HELP ";
    private const string Type = "# TYPE ";

    /// <summary>The families of a page.</summary>
    public static async Task<IReadOnlyList<FamilyDocument>> ReadAsync(
        PageBuffer page, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await page.CopyToAsync(bytes, cancellationToken);
        bytes.Position = 0;
        using var lines = new StreamReader(bytes, Encoding.UTF8);
        var families = new List<FamilyDocument>();
        var help = string.Empty;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(Help, StringComparison.Ordinal))
            {
                help = After(line, Help).Text;
            }
            else if (line.StartsWith(Type, StringComparison.Ordinal))
            {
                var (name, type) = After(line, Type);
                families.Add(new FamilyDocument(name, type, help));
            }
        }

        return families;
    }

    private static (string Name, string Text) After(string line, string prefix)
    {
        var space = line.IndexOf(' ', prefix.Length);
        return (line[prefix.Length..space], line[(space + 1)..]);
    }
}
