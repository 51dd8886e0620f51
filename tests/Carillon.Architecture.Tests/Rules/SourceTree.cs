namespace Carillon.Architecture.Tests.Rules;

/// <summary>The files of a repository, without what its .gitignore leaves out.</summary>
internal sealed class SourceTree
{
    private static readonly Lazy<SourceTree> OfThisRepository = new(() => Load(FindRoot()));

    private readonly Dictionary<string, SourceFile> _files;
    private readonly HashSet<string> _folders;

    public SourceTree(IEnumerable<SourceFile> files)
    {
        _files = files.OrderBy(f => f.Path, StringComparer.Ordinal).ToDictionary(f => f.Path, StringComparer.Ordinal);
        _folders = _files.Values.SelectMany(f => AndAbove(f.Folder)).ToHashSet(StringComparer.Ordinal);
    }

    public static SourceTree Repository => OfThisRepository.Value;

    /// <summary>Sorted by path.</summary>
    public IEnumerable<SourceFile> Files => _files.Values;

    /// <summary>The .csproj files below <paramref name="folder"/>.</summary>
    public IEnumerable<SourceFile> Projects(string folder)
    {
        return Files.Where(f => f.IsBelow(folder) && f.Extension is ".csproj");
    }

    public SourceFile? Find(string path)
    {
        return _files.GetValueOrDefault(path);
    }

    public bool HasFolder(string path)
    {
        return _folders.Contains(path);
    }

    private static IEnumerable<string> AndAbove(string folder)
    {
        for (var at = folder; at.Length > 0; at = at.Contains('/', StringComparison.Ordinal) ? at[..at.LastIndexOf('/')] : string.Empty)
        {
            yield return at;
        }

        yield return string.Empty;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Cluster.sln.");
    }

    private static SourceTree Load(string root)
    {
        var ignored = File.ReadAllLines(Path.Combine(root, ".gitignore"));
        var folders = ignored.Where(l => l.EndsWith('/')).Select(l => l.TrimEnd('/')).Append(".git").ToHashSet(StringComparer.Ordinal);
        var suffixes = ignored.Where(l => l.StartsWith('*')).Select(l => l[1..]).ToArray();
        return new SourceTree(Walk(new DirectoryInfo(root), folders)
            .Where(f => f.Name is not ".git" && !suffixes.Any(s => f.Name.EndsWith(s, StringComparison.Ordinal)))
            .Select(f => new SourceFile(Path.GetRelativePath(root, f.FullName).Replace('\\', '/'), ReadText(f))));
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder, IReadOnlySet<string> ignored)
    {
        return folder.EnumerateDirectories()
            .Where(d => !ignored.Contains(d.Name))
            .SelectMany(d => Walk(d, ignored))
            .Concat(folder.EnumerateFiles());
    }

    private static string ReadText(FileInfo file)
    {
        var text = File.ReadAllText(file.FullName);
        return text.Contains('\0', StringComparison.Ordinal) ? string.Empty : text;
    }
}
