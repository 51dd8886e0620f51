namespace Carillon.Model;

/// <summary>
/// A value written <c>${?NAME}</c>: it stays a reference wherever a definition is kept or shown, and is looked up by the
/// worker that runs it. A variable that is not set is an empty text.
/// </summary>
public static class EnvironmentReference
{
    /// <summary>Whether <paramref name="value"/> is a reference.</summary>
    public static bool IsReference(string value)
    {
        return value.StartsWith("${?", StringComparison.Ordinal) && value.EndsWith('}');
    }

    /// <summary>What <paramref name="value"/> refers to; itself when it is no reference.</summary>
    /// <param name="value">The value of a header or a variable.</param>
    /// <param name="environment">Looks up a variable; null when it is not set.</param>
    public static string Resolve(string value, Func<string, string?> environment)
    {
        return IsReference(value) ? environment(value[3..^1]) ?? string.Empty : value;
    }
}
