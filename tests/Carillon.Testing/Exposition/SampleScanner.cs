using System.Globalization;
using System.Text;

namespace Carillon.Testing;

/// <summary>Reads one sample line: name, labels, one space, value, and nothing else.</summary>
internal ref struct SampleScanner(string line)
{
    private readonly string _line = line;
    private int _at;

    /// <summary>Reads the line.</summary>
    public static ExpositionSample Read(string line)
    {
        var scanner = new SampleScanner(line);
        var name = scanner.Word(allowColon: true);
        var labels = scanner.Labels();
        scanner.Take(' ', "there is not exactly one space before the value");
        var value = line[scanner._at..];
        ExpositionReader.Require(IsNumber(value), "the value is not a number, or something follows it", line);
        return new ExpositionSample(name, labels, value);
    }

    /// <summary>Whether a text is a number of both formats: decimal, +Inf, -Inf or NaN.</summary>
    public static bool IsNumber(string text)
    {
        return text is "+Inf" or "-Inf" or "NaN"
            || (text.All(static c => char.IsAsciiDigit(c) || c is '.' or '-' or '+' or 'e' or 'E')
                && char.IsAsciiDigit(text.TrimStart('-', '+').FirstOrDefault())
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }

    private Dictionary<string, string> Labels()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Peek() != '{')
        {
            return labels;
        }

        _at++;
        do
        {
            var name = Word(allowColon: false);
            Require(!name.StartsWith("__", StringComparison.Ordinal), "a label name that is reserved");
            Require(name is not ("job" or "instance"), "a label that belongs to the scraper");
            Take('=', "a label without =");
            var value = Quoted();
            Require(value.Length > 0, "an empty label value");
            Require(labels.TryAdd(name, value), "a label comes twice");
        }
        while (Skip(','));
        Take('}', "the labels do not end");
        return labels;
    }

    private string Word(bool allowColon)
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_' || (allowColon && Peek() == ':'))
        {
            _at++;
        }

        Require(_at > start && !char.IsAsciiDigit(_line[start]), "not a name");
        return _line[start.._at];
    }

    private string Quoted()
    {
        Take('"', "a label value without quotes");
        var value = new StringBuilder();
        while (Peek() is var next && next != '"')
        {
            Require(_at < _line.Length, "a label value does not end");
            value.Append(next == '\\' ? Escaped() : next);
            _at++;
        }

        _at++;
        return value.ToString();
    }

    private char Escaped()
    {
        _at++;
        Require(Peek() is '\\' or '"' or 'n', "an unknown escape");
        return Peek() == 'n' ? '\n' : Peek();
    }

    private bool Skip(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Take(char expected, string problem)
    {
        Require(Skip(expected), problem);
    }

    /// <summary>The next character; a line break, which no line holds, at the end.</summary>
    private readonly char Peek()
    {
        return _at < _line.Length ? _line[_at] : '\n';
    }

    private readonly void Require(bool condition, string problem)
    {
        ExpositionReader.Require(condition, problem, _line);
    }
}
