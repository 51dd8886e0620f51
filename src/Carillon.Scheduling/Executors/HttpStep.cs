namespace Carillon.Scheduling;

/// <summary>One request of an HTTP job: the first, or one that a redirect asks for. Pure.</summary>
/// <param name="Url">Where it goes.</param>
/// <param name="Method">Its method.</param>
/// <param name="HasBody">Whether it carries the job's body.</param>
/// <param name="IsSameOrigin">Whether it goes to the origin that the job names, which alone gets the job's headers.</param>
internal sealed record HttpStep(Uri Url, string Method, bool HasBody, bool IsSameOrigin)
{
    /// <summary>The request that follows an answer, or null when the answer is the last word.</summary>
    /// <param name="status">The status of the answer.</param>
    /// <param name="location">Where it leads, or null.</param>
    public HttpStep? After(int status, Uri? location)
    {
        if (location is null || status is not (301 or 302 or 303 or 307 or 308))
        {
            return null;
        }

        var target = new Uri(Url, location);
        if ((Url.Scheme, target.Scheme) is not ((_, "https") or ("http", "http")))
        {
            return null;
        }

        var isSameOrigin = IsSameOrigin
            && Uri.Compare(
                Url, target, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
        var becomesGet = status switch
        {
            303 => Method is not ("GET" or "HEAD"),
            301 or 302 => Method is "POST",
            _ => false,
        };
        return becomesGet
            ? new HttpStep(target, "GET", HasBody: false, isSameOrigin)
            : new HttpStep(target, Method, HasBody, isSameOrigin);
    }
}
