namespace Carillon.Node.Hocon.Syntax;

/// <summary>The number format of JSON, RFC 8259 section 6.</summary>
internal static class JsonNumber
{
    /// <summary>The length of the longest number that <paramref name="text"/> begins with; 0 when none.</summary>
    public static int LengthAtStart(ReadOnlySpan<char> text)
    {
        var start = text.StartsWith('-') ? 1 : 0;
        var digits = DigitsAt(text, start);
        if (digits == 0)
        {
            return 0;
        }

        if (text[start] == '0')
        {
            digits = 1;
        }

        var end = start + digits;
        if (end < text.Length && text[end] == '.' && DigitsAt(text, end + 1) is > 0 and var fraction)
        {
            end += 1 + fraction;
        }

        return end + ExponentAt(text, end);
    }

    private static int ExponentAt(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
        {
            return 0;
        }

        var sign = at + 1 < text.Length && text[at + 1] is '+' or '-' ? 1 : 0;
        return DigitsAt(text, at + 1 + sign) is > 0 and var digits ? 1 + sign + digits : 0;
    }

    private static int DigitsAt(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - at;
    }
}
