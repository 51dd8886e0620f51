namespace Carillon.Model;

/// <summary>Text that every store accepts: PostgreSQL refuses U+0000 and lone surrogates, and one such row would hold up a shard.</summary>
public static class StoredText
{
    private const char Replacement = '�';

    /// <summary>
    /// <paramref name="text"/> with U+0000 and lone surrogates replaced by U+FFFD, cut to <paramref name="maxLength"/>
    /// UTF-16 units without splitting a character.
    /// </summary>
    public static string Clean(string text, int maxLength = int.MaxValue)
    {
        var length = Math.Min(text.Length, maxLength);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        var dirty = FirstDirty(text, length);
        if (dirty < 0)
        {
            return length == text.Length ? text : text[..length];
        }

        return string.Create(length, text, static (span, source) =>
        {
            source.AsSpan(0, span.Length).CopyTo(span);
            for (var i = FirstDirty(source, span.Length); i < span.Length; i++)
            {
                if (char.IsHighSurrogate(source[i]) && i + 1 < span.Length && char.IsLowSurrogate(source[i + 1]))
                {
                    i++;
                }
                else if (source[i] == '\0' || char.IsSurrogate(source[i]))
                {
                    span[i] = Replacement;
                }
            }
        });
    }

    private static int FirstDirty(string text, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (text[i] == '\0')
            {
                return i;
            }

            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 >= length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }
}
