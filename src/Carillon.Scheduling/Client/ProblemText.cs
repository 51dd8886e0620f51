using System.Globalization;
using System.Runtime.CompilerServices;

namespace Carillon.Scheduling;

/// <summary>An interpolated sentence about a problem; where there is none, nothing of it is formatted.</summary>
[InterpolatedStringHandler]
internal ref struct ProblemText
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Begins a sentence.</summary>
    /// <param name="literalLength">Of its constant parts.</param>
    /// <param name="formattedCount">How many values it has.</param>
    /// <param name="isRight">Whether there is no problem.</param>
    /// <param name="isNeeded">Whether the sentence is wanted.</param>
    public ProblemText(int literalLength, int formattedCount, bool isRight, out bool isNeeded)
    {
        isNeeded = !isRight;
        _text = isRight ? default : new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string value)
    {
        _text.AppendLiteral(value);
    }

    public void AppendFormatted<T>(T value)
    {
        _text.AppendFormatted(value);
    }

    public string ToStringAndClear()
    {
        return _text.ToStringAndClear();
    }
}
