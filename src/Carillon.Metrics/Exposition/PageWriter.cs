using System.Globalization;

namespace Carillon.Metrics;

/// <summary>Writes the lines of a page.</summary>
internal readonly struct PageWriter(PageBuffer buffer, PageFormat format, CancellationToken cancellationToken)
{
    private static readonly byte[][] LessOrEqual = BucketTails();

    /// <summary>The lines that come once before the samples of a family.</summary>
    public void Begin(MetricFamily family)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Metadata(family.Header(format));
    }

    /// <summary>What comes after the last family.</summary>
    public void End()
    {
        if (format == PageFormat.OpenMetrics)
        {
            Metadata("# EOF\n"u8);
        }
    }

    /// <summary>A family of one sample without labels; of none when the value is absent.</summary>
    public void Single(MetricFamily family, SampleValue value)
    {
        Begin(family);
        if (!value.IsAbsent)
        {
            Line(family.Sample, value);
        }
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

    /// <summary>All lines of one histogram of the family; the labels may be none.</summary>
    public void Histogram(MetricFamily family, ReadOnlySpan<byte> labels, HistogramValues values)
    {
        var count = 0L;
        for (var i = 0; i < LessOrEqual.Length; i++)
        {
            count += values.Counts.IsEmpty ? 0 : values.Counts[i];
            Line(family.Bucket, labels, LessOrEqual[i].AsSpan(labels.IsEmpty ? 1 : 0), SampleValue.Whole(count));
        }

        if (labels.IsEmpty)
        {
            Line(family.Sum, SampleValue.Seconds(values.SumMicroseconds));
            Line(family.Count, SampleValue.Whole(count));
            return;
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

    /// <summary>A family of counts with one label.</summary>
    public void Labelled(MetricFamily family, string label, IEnumerable<(string Value, long Count)> series)
    {
        Begin(family);
        foreach (var (value, count) in series)
        {
            Sample(family, LabelText.Of((label, value)), SampleValue.Whole(count));
        }
    }

    /// <summary>One label after others, and the end of the labels.</summary>
    public static byte[] Tail(string name, string value)
    {
        return [(byte)',', .. LabelText.Of((name, value)), .. "} "u8];
    }

    private static byte[][] BucketTails()
    {
        return [.. DurationBuckets.Bounds.Select(static bound => Tail("le", BoundText(bound))), Tail("le", "+Inf")];
    }

    /// <summary>A bound as Prometheus 3 writes it, which rewrites every other form: <c>0.001</c>, <c>1.0</c>, <c>1e+06</c>.</summary>
    private static string BoundText(long microseconds)
    {
        var seconds = microseconds / 1_000_000.0;
        return seconds.ToString(seconds is >= 1e-4 and < 1e6 ? "0.0#####" : "0.############e+00", CultureInfo.InvariantCulture);
    }

    private void Metadata(ReadOnlySpan<byte> lines)
    {
        lines.CopyTo(buffer.Reserve(lines.Length));
        buffer.Advance(lines.Length, samples: 0);
    }

    private void Line(ReadOnlySpan<byte> name, SampleValue value)
    {
        var line = buffer.Reserve(name.Length + SampleValue.MaxLength + 2);
        name.CopyTo(line);
        var length = name.Length;
        line[length++] = (byte)' ';
        length += value.Format(line[length..]);
        line[length++] = (byte)'\n';
        buffer.Advance(length, samples: 1);
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
        buffer.Advance(length, samples: 1);
    }
}
