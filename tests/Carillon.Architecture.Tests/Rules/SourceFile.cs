namespace Carillon.Architecture.Tests.Rules;

/// <summary>A text file.</summary>
/// <param name="Path">From the root of the repository, with '/' between the parts.</param>
/// <param name="Text">All of it; empty for a file that is not text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public IReadOnlyList<string> Lines { get; } = Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    public string Extension => System.IO.Path.GetExtension(Path);

    /// <summary>The folder, from the root of the repository; empty at the root.</summary>
    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : string.Empty;

    public bool IsBelow(string folder)
    {
        return Path.StartsWith(folder + "/", StringComparison.Ordinal);
    }
}
