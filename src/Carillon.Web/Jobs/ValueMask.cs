using Carillon.Model;

namespace Carillon.Web;

/// <summary>Keeps values of headers and environment variables, which often are credentials, out of answers.</summary>
internal static class ValueMask
{
    /// <summary>Stands for a value that is not shown.</summary>
    public const string Mask = "***";

    /// <summary>The run with its values masked; references to the worker's environment stay readable.</summary>
    public static RunSpec Hide(RunSpec run)
    {
        return run switch
        {
            HttpRun http => http with { Headers = Hide(http.Headers) },
            ProcessRun process => process with { Env = Hide(process.Env) },
            _ => run,
        };
    }

    /// <summary>
    /// The headers that may stand in the place of masks when a request goes to <paramref name="url"/>; null when it
    /// would go to another origin, which their values would be told to.
    /// </summary>
    public static IReadOnlyDictionary<string, string>? KnownHeaders(string url, RunSpec? current)
    {
        return current is HttpRun http && IsSameOrigin(http.Url, url) ? http.Headers : null;
    }

    /// <summary>The variables that may stand in the place of masks; null when another program would get them.</summary>
    public static IReadOnlyDictionary<string, string>? KnownVariables(string command, RunSpec? current)
    {
        return current is ProcessRun process && string.Equals(process.Command, command, StringComparison.Ordinal)
            ? process.Env
            : null;
    }

    /// <summary>
    /// Puts known values in the place of masks, so that a job can be read, edited and sent back.
    /// </summary>
    /// <returns>The names whose value is a mask and not known.</returns>
    public static IReadOnlyList<string> Restore(
        Dictionary<string, string> values, IReadOnlyDictionary<string, string>? known)
    {
        var unknown = new List<string>();
        foreach (var name in values.Where(static v => IsMask(v.Value)).Select(static v => v.Key).ToArray())
        {
            if (known is not null && known.TryGetValue(name, out var value))
            {
                values[name] = value;
            }
            else
            {
                unknown.Add(name);
            }
        }

        return unknown;
    }

    private static Dictionary<string, string> Hide(IReadOnlyDictionary<string, string> values)
    {
        return values.ToDictionary(
            static v => v.Key,
            static v => EnvironmentReference.IsReference(v.Value) ? v.Value : Mask,
            StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsMask(string value)
    {
        return string.Equals(value, Mask, StringComparison.Ordinal);
    }

    private static string Origin(Uri url)
    {
        return url.GetLeftPart(UriPartial.Authority);
    }

    private static bool IsSameOrigin(string left, string right)
    {
        return Uri.TryCreate(left, UriKind.Absolute, out var one)
            && Uri.TryCreate(right, UriKind.Absolute, out var other)
            && string.Equals(Origin(one), Origin(other), StringComparison.Ordinal);
    }
}
