using System.Globalization;
using System.Reflection;

namespace Carillon.Persistence;

/// <summary>One numbered step of a schema. Steps only go forward; a step that was released never changes.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Sql">The statements.</param>
internal sealed record Migration(int Version, string Sql)
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

    /// <summary>The steps that lead from <paramref name="version"/> to the newest.</summary>
    /// <exception cref="SchemaVersionException">The schema is newer than every known step.</exception>
    public static IEnumerable<Migration> After(IReadOnlyList<Migration> steps, int version)
    {
        var newest = steps[^1].Version;
        return version <= newest
            ? steps.Where(step => step.Version > version)
            : throw new SchemaVersionException(
                $"the store's schema is version {version}; this build knows versions up to {newest}: "
                + "run a newer build");
    }

    /// <summary>Refuses every version but the newest.</summary>
    /// <exception cref="SchemaVersionException">
    /// Steps are missing, or the schema is newer than every known step.
    /// </exception>
    public static void Check(IReadOnlyList<Migration> steps, int version)
    {
        if (After(steps, version).Any())
        {
            throw new SchemaVersionException(
                $"the store's schema is version {version}; this build needs {steps[^1].Version}: "
                + "migrate it first, or set carillon.store.migrate = auto");
        }
    }

    private static Migration Read(Assembly assembly, string name)
    {
        var file = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return new Migration(int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), reader.ReadToEnd());
    }
}
