using System.Globalization;

namespace Carillon.Scheduling;

/// <summary>A set of HTTP status codes, written as numbers and ranges with commas: <c>200-299,304</c>.</summary>
public sealed class StatusCodes
{
    private readonly List<(int From, int To)> _ranges = [];

    private StatusCodes()
    {
    }

    /// <summary>Reads a set.</summary>
    /// <exception cref="FormatException">The text is not such a set; the message says what is.</exception>
    public static StatusCodes Parse(string text)
    {
        var codes = new StatusCodes();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var bounds = part.Split('-');
            if (bounds.Length > 2
                || !TryCode(bounds[0], out var from)
                || !TryCode(bounds[^1], out var to)
                || from > to)
            {
                throw new FormatException($"expect '{text}' is not a set of status codes: write numbers from 100 to 599 and ranges, such as 200-299,304");
            }

            codes._ranges.Add((from, to));
        }

        return codes;
    }

    /// <summary>Whether <paramref name="status"/> is in the set.</summary>
    public bool Contains(int status)
    {
        return _ranges.Exists(r => status >= r.From && status <= r.To);
    }

    private static bool TryCode(string text, out int code)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 599;
    }
}
