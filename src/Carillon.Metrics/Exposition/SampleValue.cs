using System.Buffers.Text;
using System.Globalization;

namespace Carillon.Metrics;

/// <summary>
/// The value of one sample, written in the invariant culture. Times are whole microseconds until here and become
/// decimal text exactly; no floating point is in between.
/// </summary>
internal readonly struct SampleValue
{
    /// <summary>More bytes than any value takes.</summary>
    public const int MaxLength = 32;

    private readonly Form _form;
    private readonly long _number;
    private readonly double _real;

    private SampleValue(Form form, long number, double real)
    {
        _form = form;
        _number = number;
        _real = real;
    }

    private enum Form
    {
        Absent,
        Whole,
        Seconds,
        Milliseconds,
        Real,
    }

    /// <summary>No sample.</summary>
    public static SampleValue Absent => default;

    /// <summary>Whether there is no sample to write.</summary>
    public bool IsAbsent => _form == Form.Absent;

    /// <summary>A count.</summary>
    public static SampleValue Whole(long number)
    {
        return new SampleValue(Form.Whole, number, 0);
    }

    /// <summary>A count; absent when null.</summary>
    public static SampleValue Whole(long? number)
    {
        return number is { } known ? Whole(known) : Absent;
    }

    /// <summary>Microseconds, written as seconds; absent when null.</summary>
    public static SampleValue Seconds(long? microseconds)
    {
        return microseconds is { } number ? new SampleValue(Form.Seconds, number, 0) : Absent;
    }

    /// <summary>A time span, written as seconds; absent when null.</summary>
    public static SampleValue Seconds(TimeSpan? span)
    {
        return Seconds(span?.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Microseconds, written as milliseconds; absent when null.</summary>
    public static SampleValue Milliseconds(long? microseconds)
    {
        return microseconds is { } number ? new SampleValue(Form.Milliseconds, number, 0) : Absent;
    }

    /// <summary>A number with the shortest text that reads back as the same number.</summary>
    public static SampleValue Real(double number)
    {
        return new SampleValue(Form.Real, 0, number);
    }

    /// <summary>Writes the value.</summary>
    /// <param name="to">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public int Format(Span<byte> to)
    {
        return _form switch
        {
            Form.Seconds => Decimal(to, _number, 6, 1_000_000),
            Form.Milliseconds => Decimal(to, _number, 3, 1_000),
            Form.Real => Real(to, _real),
            _ => Whole(to, _number),
        };
    }

    private static int Whole(Span<byte> to, long number)
    {
        Utf8Formatter.TryFormat(number, to, out var length);
        return length;
    }

    private static int Real(Span<byte> to, double number)
    {
        if (double.IsInfinity(number))
        {
            (number > 0 ? "+Inf"u8 : "-Inf"u8).CopyTo(to);
            return 4;
        }

        number.TryFormat(to, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    private static int Decimal(Span<byte> to, long number, int digits, long unit)
    {
        var (whole, fraction) = Math.DivRem(number, unit);
        var length = 0;
        if (number < 0)
        {
            to[length++] = (byte)'-';
            whole = -whole;
            fraction = -fraction;
        }

        length += Whole(to[length..], whole);
        if (fraction == 0)
        {
            return length;
        }

        to[length++] = (byte)'.';
        for (var i = digits - 1; i >= 0; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            to[length + i] = (byte)('0' + digit);
        }

        length += digits;
        while (to[length - 1] == '0')
        {
            length--;
        }

        return length;
    }
}
