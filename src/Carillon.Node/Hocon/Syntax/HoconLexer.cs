using System.Globalization;
using System.Text;

namespace Carillon.Node.Hocon.Syntax;

/// <summary>Cuts a text into tokens, on demand. Comments vanish, line ends are tokens.</summary>
internal sealed class HoconLexer(string text, string file)
{
    private const string TripleQuote = "\"\"\"";
    private const string ReservedCharacters = "$\"{}[]:=,+#`^?!@*&\\";

    private int _position;
    private int _line = 1;
    private int _lineStart;

    private HoconOrigin Here => new(file, _line, _position - _lineStart + 1);

    public HoconToken Next()
    {
        var start = _position;
        SkipBlanksAndComment();
        var blanks = text[start.._position];
        var origin = Here;
        if (_position == text.Length)
        {
            return new HoconToken(HoconTokenKind.End, string.Empty, blanks, origin);
        }

        return text[_position] switch
        {
            '\n' => Newline(blanks, origin),
            '"' => new HoconToken(HoconTokenKind.Quoted, QuotedText(origin), blanks, origin),
            '$' => SubstitutionStart(blanks, origin),
            '+' => PlusEquals(blanks, origin),
            var c when PunctuationKind(c) is { } kind => Take(kind, 1, blanks, origin),
            var c when ReservedCharacters.Contains(c, StringComparison.Ordinal) => throw Reserved(c, origin),
            _ => Take(HoconTokenKind.Unquoted, UnquotedLength(), blanks, origin),
        };
    }

    private static HoconTokenKind? PunctuationKind(char c) => c switch
    {
        ',' => HoconTokenKind.Comma,
        ':' => HoconTokenKind.Colon,
        '=' => HoconTokenKind.Equals,
        '{' => HoconTokenKind.LeftBrace,
        '}' => HoconTokenKind.RightBrace,
        '[' => HoconTokenKind.LeftBracket,
        ']' => HoconTokenKind.RightBracket,
        _ => null,
    };

    // HOCON counts all Unicode separators, the byte order mark and four ASCII separators; .NET's set differs.
    private static bool IsBlank(char c) => c is '\t' or '\v' or '\f' or '\r' or '\uFEFF' or (>= '\x1C' and <= '\x1F')
        || char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    private static HoconException Reserved(char c, HoconOrigin origin) =>
        new(origin, $"'{c}' is not allowed in an unquoted string; put the text in double quotes");

    private void SkipBlanksAndComment()
    {
        while (_position < text.Length && IsBlank(text[_position]))
        {
            _position++;
        }

        if (IsCommentAt(_position))
        {
            var end = text.IndexOf('\n', _position);
            _position = end < 0 ? text.Length : end;
        }
    }

    private bool IsCommentAt(int at) => at < text.Length
        && (text[at] == '#' || string.CompareOrdinal(text, at, "//", 0, 2) == 0);

    private HoconToken Take(HoconTokenKind kind, int length, string blanks, HoconOrigin origin)
    {
        var token = new HoconToken(kind, text.Substring(_position, length), blanks, origin);
        _position += length;
        return token;
    }

    private HoconToken Newline(string blanks, HoconOrigin origin)
    {
        var token = Take(HoconTokenKind.Newline, 1, blanks, origin);
        _line++;
        _lineStart = _position;
        return token;
    }

    private HoconToken SubstitutionStart(string blanks, HoconOrigin origin)
    {
        var rest = text.AsSpan(_position);
        if (!rest.StartsWith("${", StringComparison.Ordinal))
        {
            throw Reserved('$', origin);
        }

        var length = rest.StartsWith("${?", StringComparison.Ordinal) ? 3 : 2;
        return Take(HoconTokenKind.SubstitutionStart, length, blanks, origin);
    }

    private HoconToken PlusEquals(string blanks, HoconOrigin origin) =>
        text.AsSpan(_position).StartsWith("+=", StringComparison.Ordinal)
            ? Take(HoconTokenKind.PlusEquals, 2, blanks, origin)
            : throw Reserved('+', origin);

    private int UnquotedLength()
    {
        // A number may contain '+', which nothing else unquoted may.
        var end = _position + JsonNumber.LengthAtStart(text.AsSpan(_position));
        while (end < text.Length && IsUnquoted(text[end]) && !IsCommentAt(end))
        {
            end++;
        }

        return end - _position;
    }

    private static bool IsUnquoted(char c) =>
        c != '\n' && !IsBlank(c) && !ReservedCharacters.Contains(c, StringComparison.Ordinal);

    private string QuotedText(HoconOrigin origin)
    {
        if (text.AsSpan(_position).StartsWith(TripleQuote, StringComparison.Ordinal))
        {
            return TripleQuotedText(origin);
        }

        var content = new StringBuilder();
        for (_position++; _position < text.Length; _position++)
        {
            var c = text[_position];
            switch (c)
            {
                case '"':
                    _position++;
                    return content.ToString();
                case '\\':
                    content.Append(Escaped());
                    break;
                case '\n':
                    throw new HoconException(
                        origin, "the quoted string is not closed on its line; for several lines quote with \"\"\"");
                case < ' ':
                    throw new HoconException(
                        Here,
                        "a quoted string may not contain a control character; write an escape such as \\t, or quote "
                        + "with \"\"\"");
                default:
                    content.Append(c);
                    break;
            }
        }

        throw new HoconException(origin, "the quoted string has no closing quote");
    }

    /// <summary>Decodes the escape at the position and moves to its last character.</summary>
    private char Escaped()
    {
        var origin = Here;
        _position++;
        var c = _position < text.Length ? text[_position] : '\0';
        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => UnicodeEscape(origin),
            _ => throw new HoconException(
                origin, "a backslash in a quoted string begins one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX; for the character itself "
                + "write \\\\"),
        };
    }

    private char UnicodeEscape(HoconOrigin origin)
    {
        const int Digits = 4;
        var rest = text.AsSpan(_position + 1);
        if (rest.Length < Digits
            || !ushort.TryParse(
                rest[..Digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw new HoconException(origin, "\\u must be followed by four hexadecimal digits");
        }

        _position += Digits;
        return (char)code;
    }

    private string TripleQuotedText(HoconOrigin origin)
    {
        var start = _position + TripleQuote.Length;
        var end = text.IndexOf(TripleQuote, start, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new HoconException(origin, "the string opened with \"\"\" is not closed");
        }

        // Of more than three closing quotes, the first ones belong to the string.
        while (end + TripleQuote.Length < text.Length && text[end + TripleQuote.Length] == '"')
        {
            end++;
        }

        for (var i = start; i < end; i++)
        {
            if (text[i] == '\n')
            {
                _line++;
                _lineStart = i + 1;
            }
        }

        _position = end + TripleQuote.Length;
        return text[start..end];
    }
}
