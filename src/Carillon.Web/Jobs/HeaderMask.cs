using Carillon.Model;

namespace Carillon.Web;

/// <summary>Keeps header values of HTTP jobs, which often are credentials, out of answers.</summary>
internal static class HeaderMask
{
    /// <summary>Stands for a value that is not shown.</summary>
    public const string Mask = "***";

    /// <summary>The run with its header values masked; references to the worker's environment stay readable.</summary>
    public static RunSpec Hide(RunSpec run)
    {
        return run is HttpRun { Headers.Count: > 0 } http
            ? http with { Headers = http.Headers.ToDictionary(static h => h.Key, static h => IsReference(h.Value) ? h.Value : Mask, StringComparer.OrdinalIgnoreCase) }
            : run;
    }

    /// <summary>
    /// Puts the values that <paramref name="current"/> has in the place of masks, so that a job can be read, edited and
    /// sent back. Not when the request would go to another origin: the value would be told to it.
    /// </summary>
    /// <returns>The headers whose value is a mask and not known.</returns>
    public static IReadOnlyList<string> Restore(Dictionary<string, string> headers, string url, RunSpec? current)
    {
        var known = current is HttpRun http && IsSameOrigin(http.Url, url) ? http.Headers : null;
        var unknown = new List<string>();
        foreach (var name in headers.Where(static h => string.Equals(h.Value, Mask, StringComparison.Ordinal)).Select(static h => h.Key).ToArray())
        {
            if (known is not null && known.TryGetValue(name, out var value))
            {
                headers[name] = value;
            }
            else
            {
                unknown.Add(name);
            }
        }

        return unknown;
    }

    private static bool IsReference(string value)
    {
        return value.StartsWith("${?", StringComparison.Ordinal) && value.EndsWith('}');
    }

    private static bool IsSameOrigin(string left, string right)
    {
        return Uri.TryCreate(left, UriKind.Absolute, out var one)
            && Uri.TryCreate(right, UriKind.Absolute, out var other)
            && Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
    }
}
