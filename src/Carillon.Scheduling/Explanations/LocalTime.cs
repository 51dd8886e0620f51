using System.Globalization;

namespace Carillon.Scheduling.Explanations;

/// <summary>Wall-clock times as answers show them.</summary>
internal static class LocalTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF";

    /// <summary>A time with its offset.</summary>
    public static string Of(DateTimeOffset local) => local.ToString(Format + "zzz", CultureInfo.InvariantCulture);

    /// <summary>A time that the clock never shows.</summary>
    public static string Missing(DateTime wall) => wall.ToString(Format, CultureInfo.InvariantCulture);
}
