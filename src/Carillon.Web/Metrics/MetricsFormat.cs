using Carillon.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Carillon.Web;

/// <summary>Chooses among the forms in which the statistics can be had, as RFC 9110 weighs the Accept header.</summary>
internal static class MetricsFormat
{
    private static readonly MediaTypeHeaderValue Text = MediaTypeHeaderValue.Parse(PrometheusPage.ContentType);
    private static readonly MediaTypeHeaderValue Json = MediaTypeHeaderValue.Parse("application/json");

    /// <summary>
    /// Whether JSON is wanted more than text. Text is the default, also where nothing on offer is accepted.
    /// </summary>
    public static bool PrefersJson(IHeaderDictionary headers)
    {
        return MediaTypeHeaderValue.TryParseList(headers.Accept, out var accepted)
            && Quality(accepted, Json) > Quality(accepted, Text);
    }

    /// <summary>Whether the answer may be compressed with gzip.</summary>
    public static bool AcceptsGzip(IHeaderDictionary headers)
    {
        return StringWithQualityHeaderValue.TryParseList(headers.AcceptEncoding, out var accepted)
            && (Quality(accepted, "gzip") ?? Quality(accepted, "*") ?? 0) > 0;
    }

    /// <summary>The weight of the most specific range that matches the offer; 0 when none does.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue offer)
    {
        return accepted
            .Where(range => Matches(range, offer))
            .OrderByDescending(Precision)
            .Select(static range => range.Quality ?? 1)
            .FirstOrDefault();
    }

    private static double? Quality(IList<StringWithQualityHeaderValue> accepted, string coding)
    {
        var found = accepted.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase));
        return found is null ? null : found.Quality ?? 1;
    }

    private static int Precision(MediaTypeHeaderValue range)
    {
        return range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2 + Parameters(range).Count();
    }

    private static bool Matches(MediaTypeHeaderValue range, MediaTypeHeaderValue offer)
    {
        var isType = range.MatchesAllTypes || range.Type.Equals(offer.Type, StringComparison.OrdinalIgnoreCase);
        var isSubType = range.MatchesAllSubTypes
            || range.SubType.Equals(offer.SubType, StringComparison.OrdinalIgnoreCase);
        return isType && isSubType && Parameters(range).All(parameter => IsOffered(parameter, offer));
    }

    /// <summary>JSON is UTF-8 without saying so.</summary>
    private static bool IsOffered(NameValueHeaderValue wanted, MediaTypeHeaderValue offer)
    {
        if (wanted.Name.Equals("charset", StringComparison.OrdinalIgnoreCase))
        {
            return HeaderUtilities.RemoveQuotes(wanted.Value).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
        }

        return offer.Parameters.Any(given => given.Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase)
            && given.Value.Equals(HeaderUtilities.RemoveQuotes(wanted.Value), StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<NameValueHeaderValue> Parameters(MediaTypeHeaderValue range)
    {
        return range.Parameters.Where(static p => !p.Name.Equals("q", StringComparison.OrdinalIgnoreCase));
    }
}
