using Carillon.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Carillon.Web;

/// <summary>Chooses among the forms in which the statistics can be had, as RFC 9110 weighs the Accept header.</summary>
internal static class MetricsFormat
{
    private static readonly (MetricsForm Form, MediaTypeHeaderValue Type)[] Offers =
    [
        (MetricsForm.Text, MediaTypeHeaderValue.Parse(PrometheusPage.ContentTypeOf(PageFormat.Text))),
        (MetricsForm.Json, MediaTypeHeaderValue.Parse("application/json")),
        (MetricsForm.OpenMetrics, MediaTypeHeaderValue.Parse(PrometheusPage.ContentTypeOf(PageFormat.OpenMetrics))),
    ];

    /// <summary>The form that is wanted most; text where nothing on offer is accepted.</summary>
    public static MetricsForm Choose(IHeaderDictionary headers)
    {
        return MediaTypeHeaderValue.TryParseList(headers.Accept, out var accepted)
            ? Offers.MaxBy(offer => Quality(accepted, offer.Type)).Form
            : MetricsForm.Text;
    }

    /// <summary>The form of a page that is wanted most; text where neither is accepted.</summary>
    public static PageFormat ChoosePage(IHeaderDictionary headers)
    {
        return MediaTypeHeaderValue.TryParseList(headers.Accept, out var accepted)
            && Quality(accepted, Offers[^1].Type) > Quality(accepted, Offers[0].Type)
                ? PageFormat.OpenMetrics
                : PageFormat.Text;
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

    /// <summary>
    /// What a range asks for beyond its type. The names on our pages need no escaping, so each way of it is the same.
    /// </summary>
    private static IEnumerable<NameValueHeaderValue> Parameters(MediaTypeHeaderValue range)
    {
        return range.Parameters.Where(static p => !p.Name.Equals("q", StringComparison.OrdinalIgnoreCase)
            && !p.Name.Equals("escaping", StringComparison.OrdinalIgnoreCase));
    }
}
