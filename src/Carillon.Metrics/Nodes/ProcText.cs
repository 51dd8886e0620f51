using System.Globalization;

namespace Carillon.Metrics;

/// <summary>Reads the texts of <c>/proc</c>. Whatever does not look as expected is not known: null.</summary>
internal static class ProcText
{
    private const int ReceivedColumn = 0;
    private const int SentColumn = 8;

    /// <summary>The number behind <c>name:</c> at the beginning of a line.</summary>
    public static long? Field(string text, string name)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line[name.Length..].StartsWith(':'))
            {
                return Number(line[(name.Length + 1)..].Trim());
            }
        }

        return null;
    }

    /// <summary>Bytes received and sent over all interfaces but the loopback, from <c>/proc/net/dev</c>.</summary>
    public static (long Received, long Sent)? Network(string text)
    {
        (long Received, long Sent)? sum = null;
        foreach (var line in text.Split('\n').Where(static line => line.Contains(':', StringComparison.Ordinal)))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var columns = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line[..colon].Trim() is not "lo"
                && columns.Length > SentColumn
                && Number(columns[ReceivedColumn]) is { } received
                && Number(columns[SentColumn]) is { } sent)
            {
                sum = ((sum?.Received ?? 0) + received, (sum?.Sent ?? 0) + sent);
            }
        }

        return sum;
    }

    private static long? Number(ReadOnlySpan<char> text)
    {
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
