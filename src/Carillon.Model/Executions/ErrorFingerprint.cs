using System.Buffers;
using System.Text;

namespace Carillon.Model;

/// <summary>
/// Tells errors of one kind from others: a digest of the type, of the message without what differs from case to case,
/// and of where it happened without line numbers. It is part of the stored data: errors of one kind that were recorded
/// by two versions of this function stand in two groups.
/// </summary>
public static class ErrorFingerprint
{
    private const int MaxMessage = 1_000;
    private const int MaxFrames = 3;
    private const int ShortestHex = 8;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF-");

    /// <summary>The digest: FNV-1a over UTF-16 code units, 64 bits.</summary>
    public static long Of(AttemptError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var hash = 14695981039346656037UL;
        Add(ref hash, error.Type);
        Add(ref hash, Template(error.Message));
        var frames = 0;
        foreach (var line in error.Stack.AsSpan().EnumerateLines())
        {
            var frame = line.TrimStart();
            if (frame.StartsWith("at ") && frames++ < MaxFrames)
            {
                Add(ref hash, WithoutNumbers(frame));
            }
        }

        return unchecked((long)hash);
    }

    /// <summary>
    /// A message with <c>#</c> for each number or id, <c>'…'</c> for each quoted part and <c>/…</c> for each path or
    /// address; of a long one the beginning.
    /// </summary>
    public static string Template(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = message.AsSpan(0, Math.Min(message.Length, MaxMessage));
        var template = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var rest = text[at..];
            if (QuotedLength(rest, at > 0 ? text[at - 1] : ' ') is var quoted and > 0)
            {
                template.Append("'…'");
                at += quoted;
            }
            else if (WordLength(rest) is var length and > 0)
            {
                AppendWord(template, rest[..length]);
                at += length;
            }
            else
            {
                template.Append(text[at++]);
            }
        }

        return template.ToString();
    }

    private static void AppendWord(StringBuilder template, ReadOnlySpan<char> word)
    {
        var bare = word.TrimEnd(".:-");
        var kind = bare.IndexOfAny('/', '\\') >= 0 ? "/…"
            : bare.IndexOfAnyInRange('0', '9') >= 0 || bare.Contains('@') || IsHex(bare) ? "#"
            : null;
        if (kind is null)
        {
            template.Append(word);
        }
        else
        {
            template.Append(kind).Append(word[bare.Length..]);
        }
    }

    /// <summary>The length of a quoted part with its quotes, or 0; an apostrophe in a word opens none.</summary>
    private static int QuotedLength(ReadOnlySpan<char> text, char before)
    {
        var close = text[0] switch
        {
            '"' or '`' => text[0],
            '\'' when !char.IsLetterOrDigit(before) => '\'',
            '“' => '”',
            '‘' => '’',
            '«' => '»',
            _ => '\0',
        };
        return close == '\0' ? 0 : text[1..].IndexOf(close) is var inner and >= 0 ? inner + 2 : 0;
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] is '_' or '-' or '.' or ':' or '/' or '\\' or '@' or '%' or '+' or '~'))
        {
            length++;
        }

        return length;
    }

    private static bool IsHex(ReadOnlySpan<char> word)
    {
        return word.Length >= ShortestHex && !word.ContainsAnyExcept(HexDigits);
    }

    /// <summary>A frame without its place in a file and without the numbers that the compiler gives.</summary>
    private static string WithoutNumbers(ReadOnlySpan<char> frame)
    {
        var end = frame.IndexOf(") in ");
        var text = new StringBuilder(frame.Length);
        foreach (var c in end < 0 ? frame : frame[..(end + 1)])
        {
            if (!char.IsAsciiDigit(c))
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static void Add(ref ulong hash, string part)
    {
        foreach (var c in part)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ '\n') * 1099511628211UL;
    }
}
