using System.Globalization;

namespace Carillon.Web;

/// <summary>Instants as RFC 3339 has them.</summary>
internal static class InstantText
{
    /// <summary>What may be written.</summary>
    public const string Allowed = "a time of RFC 3339 with an offset, such as 2026-11-22T08:00:00Z";

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads an instant; without an offset it is none.</summary>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out instant) && hasOffset;
    }

    /// <summary>UTC with microseconds.</summary>
    public static string Format(DateTimeOffset instant)
    {
        return instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }
}
