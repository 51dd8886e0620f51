namespace Carillon.Testing;

/// <summary>
/// A part of a document that a test writes: the text between <c>&lt;!-- begin NAME --&gt;</c> and
/// <c>&lt;!-- end NAME --&gt;</c>. The test compares; with the environment variable CARILLON_REWRITE_DOCS=1 it writes.
/// </summary>
public sealed class GeneratedPart
{
    private readonly string _file;
    private readonly string _begin;
    private readonly string _end;

    /// <summary>Names the part.</summary>
    /// <param name="document">The file, relative to the root of the repository.</param>
    /// <param name="name">The part.</param>
    public GeneratedPart(string document, string name)
    {
        _file = Path.Combine(RepositoryRoot, document);
        _begin = $"<!-- begin {name} -->\n";
        _end = $"<!-- end {name} -->\n";
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>What the document says.</summary>
    public string Text => Cut().Text;

    /// <summary>Writes <paramref name="text"/> into the document, if that is asked for.</summary>
    public void RewriteIfAsked(string text)
    {
        if (Environment.GetEnvironmentVariable("CARILLON_REWRITE_DOCS") is "1")
        {
            var (before, _, after) = Cut();
            File.WriteAllText(_file, before + text + after);
        }
    }

    private (string Before, string Text, string After) Cut()
    {
        var document = File.ReadAllText(_file);
        var begin = document.IndexOf(_begin, StringComparison.Ordinal) + _begin.Length;
        var end = document.IndexOf(_end, StringComparison.Ordinal);
        return begin >= _begin.Length && end >= begin
            ? (document[..begin], document[begin..end], document[end..])
            : throw new InvalidOperationException($"{_file} has no part {_begin.Trim()} … {_end.Trim()}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds Cluster.sln");
    }
}
