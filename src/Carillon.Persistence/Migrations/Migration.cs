using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Carillon.Persistence;

/// <summary>One numbered step of a schema. Steps only go forward; a step that was released never changes.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="WorksWith">
/// Builds that know this version, or a later one, work with a schema that has the step. A step that takes nothing from
/// earlier builds and asks nothing of them says so in its first line, <c>-- works with 1</c>, and nodes of both builds can be
/// up at once; any other works with its own version.
/// </param>
/// <param name="Sql">The statements.</param>
internal sealed partial record Migration(int Version, int WorksWith, string Sql)
{
    /// <summary>
    /// The steps of <paramref name="dialect"/>, in order: the embedded files <c>{dialect}/{number}_{what}.sql</c>.
    /// </summary>
    public static IReadOnlyList<Migration> Of(string dialect)
    {
        var assembly = typeof(Migration).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(dialect + "/", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(step => step.Version)
            .ToArray();
    }

    /// <summary>The steps that lead from <paramref name="schema"/> to the newest.</summary>
    /// <exception cref="SchemaVersionException">The schema is newer than every known step, and asks for a newer build.</exception>
    public static IReadOnlyList<Migration> After(IReadOnlyList<Migration> steps, SchemaVersion schema)
    {
        var newest = steps[^1].Version;
        return schema.WorksWith <= newest
            ? [.. steps.Where(step => step.Version > schema.Version)]
            : throw new SchemaVersionException(
                $"the store's schema is version {schema.Version}; this build knows versions up to {newest}: "
                + "run a newer build");
    }

    /// <summary>Refuses what this build does not work with, and a schema that lacks steps.</summary>
    /// <exception cref="SchemaVersionException">
    /// Steps are missing, or the schema is newer than every known step, and asks for a newer build.
    /// </exception>
    public static void Check(IReadOnlyList<Migration> steps, SchemaVersion schema)
    {
        if (After(steps, schema).Count > 0)
        {
            throw new SchemaVersionException(
                $"the store's schema is version {schema.Version}; this build needs {steps[^1].Version}: "
                + "migrate it first, or set carillon.store.migrate = auto");
        }
    }

    /// <summary>Reads a step.</summary>
    /// <param name="file">Its name, which begins with four digits.</param>
    /// <param name="sql">Its text.</param>
    public static Migration Read(string file, string sql)
    {
        var version = int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var worksWith = WorksWithLine().Match(sql) is { Success: true } line ? int.Parse(line.Groups["version"].ValueSpan, CultureInfo.InvariantCulture) : version;
        return new Migration(version, worksWith, sql);
    }

    private static Migration Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return Read(name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..], reader.ReadToEnd());
    }

    [GeneratedRegex(@"\A-- works with (?<version>\d{1,4})\r?\n", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex WorksWithLine();
}
