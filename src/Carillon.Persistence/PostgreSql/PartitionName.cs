using System.Globalization;

namespace Carillon.Persistence;

/// <summary>The names of the day partitions of <c>execution</c>.</summary>
internal static class PartitionName
{
    private const string Prefix = "execution_p";

    /// <summary>The partition of a UTC day.</summary>
    public static string Of(DateTime day)
    {
        return Prefix + day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    }

    /// <summary>The UTC day of a partition.</summary>
    public static DateTimeOffset DayOf(string name)
    {
        return DateTimeOffset.ParseExact(
            name.AsSpan(Prefix.Length), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }
}
