using System.Xml.Linq;

namespace Carillon.Architecture.Tests.Rules;

/// <summary>
/// The direction of dependencies: a project references only projects of a lower level, only one project knows a
/// database, and nothing in src knows the tests.
/// </summary>
internal static class DependencyRule
{
    private const string StorageProject = "Carillon.Persistence";
    private static readonly string[] DatabasePackages = ["Npgsql", "Microsoft.Data.Sqlite"];

    private static readonly Dictionary<string, int> Levels = new(StringComparer.Ordinal)
    {
        ["Carillon.Model"] = 0,
        ["Carillon.Actors"] = 0,
        ["Carillon.Cluster"] = 1,
        ["Carillon.Scheduling"] = 2,
        ["Carillon.Metrics"] = 2,
        ["Carillon.Persistence"] = 3,
        ["Carillon.Web"] = 3,
        ["Carillon.Hosting"] = 4,
        ["Carillon.Node"] = 5,
    };

    /// <summary>The highest level that a test project without a mirror in src may reference.</summary>
    private static readonly Dictionary<string, int> Ceilings = new(StringComparer.Ordinal)
    {
        ["Carillon.Testing"] = 2,
        ["Carillon.Conformance.Tests"] = 3,
        ["Carillon.Simulation.Tests"] = 4,
        ["Carillon.EndToEnd.Tests"] = 5,
        ["Carillon.Architecture.Tests"] = 5,
        ["Carillon.Benchmarks"] = 5,
    };

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        return tree.Projects("src").SelectMany(CheckSource).Concat(tree.Projects("tests").SelectMany(CheckTests));
    }

    private static IEnumerable<Finding> CheckSource(SourceFile project)
    {
        var name = NameOf(project.Path);
        if (!Levels.TryGetValue(name, out var level))
        {
            yield return new Finding(project.Path, 1, $"{name} has no level: give it one in {nameof(DependencyRule)}.{nameof(Levels)}");
            yield break;
        }

        foreach (var (target, line) in Named(project, "ProjectReference"))
        {
            if (!Levels.TryGetValue(NameOf(target), out var lower) || lower >= level)
            {
                yield return new Finding(
                    project.Path, line, $"{name} (level {level}) references {NameOf(target)}: only projects of a lower level are allowed; declare a port and implement it above");
            }
        }

        foreach (var (package, line) in Named(project, "PackageReference"))
        {
            if (name is not StorageProject && DatabasePackages.Contains(package))
            {
                yield return new Finding(project.Path, line, $"{name} references {package}: only {StorageProject} knows a database; use a port of its store");
            }
        }
    }

    private static IEnumerable<Finding> CheckTests(SourceFile project)
    {
        var name = NameOf(project.Path);
        var mirrored = name.EndsWith(".Tests", StringComparison.Ordinal) ? name[..^".Tests".Length] : name;
        var ceiling = Levels.TryGetValue(mirrored, out var level) ? level - 1 : Ceilings.GetValueOrDefault(name, -1);
        foreach (var (target, line) in Named(project, "ProjectReference"))
        {
            var isAllowed = NameOf(target) is var targetName
                && (targetName is "Carillon.Testing" || string.Equals(targetName, mirrored, StringComparison.Ordinal) || (Levels.TryGetValue(targetName, out var lower) && lower <= ceiling));
            if (!isAllowed)
            {
                yield return new Finding(
                    project.Path, line, $"{name} references {targetName}: tests may reference what they mirror, what lies below it, and Carillon.Testing");
            }
        }
    }

    private static IEnumerable<(string Include, int Line)> Named(SourceFile project, string element)
    {
        return XDocument.Parse(project.Text, LoadOptions.SetLineInfo)
            .Descendants(element)
            .Select(e => ((string?)e.Attribute("Include") ?? string.Empty, ((System.Xml.IXmlLineInfo)e).LineNumber));
    }

    private static string NameOf(string projectPath)
    {
        return Path.GetFileNameWithoutExtension(projectPath.Replace('\\', '/'));
    }
}
