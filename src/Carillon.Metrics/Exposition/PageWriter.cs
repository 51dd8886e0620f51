using System.Text;

namespace Carillon.Metrics;

/// <summary>Writes the lines of a page in the text format 0.0.4.</summary>
internal readonly struct PageWriter(PageBuffer buffer)
{
    private static readonly byte[][] LessOrEqual = BucketTails();

    /// <summary>The lines that come once before the samples of a family.</summary>
    public void Begin(MetricFamily family)
    {
        family.Header.CopyTo(buffer.Reserve(family.Header.Length));
        buffer.Advance(family.Header.Length);
    }

    /// <summary>A family of one sample without labels.</summary>
    public void Single(MetricFamily family, SampleValue value)
    {
        Begin(family);
        var line = buffer.Reserve(family.Sample.Length + SampleValue.MaxLength + 2);
        family.Sample.CopyTo(line);
        var length = family.Sample.Length;
        line[length++] = (byte)' ';
        length += value.Format(line[length..]);
        line[length++] = (byte)'\n';
        buffer.Advance(length);
    }

    /// <summary>A sample with labels; nothing when the value is absent.</summary>
    public void Sample(MetricFamily family, ReadOnlySpan<byte> labels, SampleValue value)
    {
        if (!value.IsAbsent)
        {
            Line(family.Sample, labels, "} "u8, value);
        }
    }

    /// <summary>A sample with labels and one more, given as <c>,name="value"} </c>.</summary>
    public void Sample(MetricFamily family, ReadOnlySpan<byte> labels, ReadOnlySpan<byte> tail, SampleValue value)
    {
        Line(family.Sample, labels, tail, value);
    }

    /// <summary>All lines of one histogram of the family.</summary>
    public void Histogram(MetricFamily family, ReadOnlySpan<byte> labels, HistogramValues values)
    {
        var count = 0L;
        for (var i = 0; i < LessOrEqual.Length; i++)
        {
            count += values.Counts.IsEmpty ? 0 : values.Counts[i];
            Line(family.Bucket, labels, LessOrEqual[i], SampleValue.Whole(count));
        }

        Line(family.Sum, labels, "} "u8, SampleValue.Seconds(values.SumMicroseconds));
        Line(family.Count, labels, "} "u8, SampleValue.Whole(count));
    }

    /// <summary>All lines of one histogram with bounds of its own.</summary>
    /// <param name="family">Its family.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="counts">Observations of each bucket alone.</param>
    /// <param name="tails">For each bucket its bound as the last label, and the end of the labels.</param>
    /// <param name="sum">The sum of the observations.</param>
    public void Histogram(
        MetricFamily family, ReadOnlySpan<byte> labels, ReadOnlySpan<long> counts, byte[][] tails, SampleValue sum)
    {
        var count = 0L;
        for (var i = 0; i < tails.Length; i++)
        {
            count += counts[i];
            Line(family.Bucket, labels, tails[i], SampleValue.Whole(count));
        }

        Line(family.Sum, labels, "} "u8, sum);
        Line(family.Count, labels, "} "u8, SampleValue.Whole(count));
    }

    /// <summary>One label after others, and the end of the labels.</summary>
    public static byte[] Tail(string name, string value)
    {
        return [(byte)',', .. LabelText.Of((name, value)), .. "} "u8];
    }

    private static byte[][] BucketTails()
    {
        var text = new byte[SampleValue.MaxLength];
        return
        [
            .. DurationBuckets.Bounds.Select(bound =>
            {
                var length = SampleValue.Seconds(bound).Format(text);
                var seconds = Encoding.ASCII.GetString(text, 0, length);
                return Tail("le", seconds.Contains('.', StringComparison.Ordinal) ? seconds : seconds + ".0");
            }),
            Tail("le", "+Inf"),
        ];
    }

    private void Line(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, ReadOnlySpan<byte> tail, SampleValue value)
    {
        var line = buffer.Reserve(name.Length + labels.Length + tail.Length + SampleValue.MaxLength + 2);
        name.CopyTo(line);
        var length = name.Length;
        if (labels.Length + tail.Length > "} "u8.Length)
        {
            line[length++] = (byte)'{';
            labels.CopyTo(line[length..]);
            length += labels.Length;
            tail.CopyTo(line[length..]);
            length += tail.Length;
        }
        else
        {
            line[length++] = (byte)' '; // no labels, and no braces around them
        }

        length += value.Format(line[length..]);
        line[length++] = (byte)'\n';
        buffer.Advance(length);
    }
}
