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
        return run is HttpRun { Headers: var headers } http ? http with { Headers = Hide(headers) } : run;
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
        foreach (var name in headers.Where(static h => IsMask(h.Value)).Select(static h => h.Key).ToArray())
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

    private static Dictionary<string, string> Hide(IReadOnlyDictionary<string, string> headers)
    {
        return headers.ToDictionary(
            static h => h.Key, static h => IsReference(h.Value) ? h.Value : Mask, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsMask(string value)
    {
        return string.Equals(value, Mask, StringComparison.Ordinal);
    }

    private static bool IsReference(string value)
    {
        return value.StartsWith("${?", StringComparison.Ordinal) && value.EndsWith('}');
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
