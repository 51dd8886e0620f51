namespace Carillon.Architecture.Tests.Rules;

/// <summary>The shape of the tree: small files, shallow folders, a page for every project, every project in the solution.</summary>
internal static class LayoutRule
{
    private const int MaxLines = 400;
    private const int MaxReadmeLines = 120;
    private const int MaxDepth = 2;
    private const string Solution = "Cluster.sln";
    private static readonly string[] Code = [".cs", ".js", ".css", ".sql"];

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        var sources = tree.Files.Where(f => f.IsBelow("src")).ToArray();
        return sources.Where(f => Code.Contains(f.Extension)).SelectMany(CheckLength)
            .Concat(sources.SelectMany(CheckDepth))
            .Concat(tree.Projects("src").SelectMany(p => CheckReadme(tree, p)))
            .Concat(tree.Projects("src").Concat(tree.Projects("tests")).SelectMany(p => CheckSolution(tree, p)));
    }

    private static IEnumerable<Finding> CheckLength(SourceFile file)
    {
        if (file.Lines.Count > MaxLines)
        {
            yield return new Finding(file.Path, MaxLines + 1, $"{file.Lines.Count} lines, at most {MaxLines} are allowed: give part of what it does a file of its own");
        }
    }

    private static IEnumerable<Finding> CheckDepth(SourceFile file)
    {
        // src/Project/one/two
        if (file.Folder.Split('/').Length > 2 + MaxDepth)
        {
            yield return new Finding(file.Path, 1, $"folders inside a project are at most {MaxDepth} deep: move it up");
        }
    }

    private static IEnumerable<Finding> CheckReadme(SourceTree tree, SourceFile project)
    {
        var path = project.Folder + "/README.md";
        if (tree.Find(path) is not { } readme)
        {
            yield return new Finding(path, 1, $"missing: say in at most {MaxReadmeLines} lines what the project's model, states and failure handling are");
        }
        else if (readme.Lines.Count > MaxReadmeLines)
        {
            yield return new Finding(path, MaxReadmeLines + 1, $"{readme.Lines.Count} lines, at most {MaxReadmeLines} are allowed: move details to docs/");
        }
    }

    private static IEnumerable<Finding> CheckSolution(SourceTree tree, SourceFile project)
    {
        if (tree.Find(Solution)?.Text.Contains($"\"{project.Path.Replace('/', '\\')}\"", StringComparison.Ordinal) != true)
        {
            yield return new Finding(Solution, 1, $"{project.Path} is missing: run 'dotnet sln {Solution} add {project.Path}'");
        }
    }
}
