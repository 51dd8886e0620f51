using System.Collections.Immutable;
using System.Reflection;
using Carillon.Testing;

namespace Carillon.Metrics.Tests.Wire;

public sealed class MetricsMessagesTests
{
    [Fact]
    public void Every_message_comes_as_it_went()
    {
        Assert.Empty(WireCheck.Changed(MetricsMessages.Wire, [], Prepare));
    }

    [Fact]
    public void Garbled_frames_break_nothing()
    {
        Assert.Empty(WireCheck.Broken(MetricsMessages.Wire, [], Prepare));
    }

    [Fact]
    public void Every_reply_that_is_asked_for_may_travel()
    {
        Assert.Empty(WireCheck.MissingReplies(MetricsMessages.Wire));
    }

    private static void Prepare(WireSample sample)
    {
        sample.With(Totals)
            .With(static s => new HistogramValues(s.Chance() ? [] : [.. Enumerable.Range(0, DurationBuckets.Count).Select(i => s.Of<long>() * (i % 2))], 0) is var values && values.Counts.IsEmpty ? HistogramValues.Empty : new HistogramValues(values.Counts, s.Of<long>()))
            .With(static s => new LabelSet([.. Enumerable.Range(0, s.Random.Next(4)).Select(i => new OperationLabel($"l{i}", s.Chance() ? s.Text() : null))]))
            .With(Delta);
    }

    private static OperationTotals Totals(WireSample sample)
    {
        var totals = new OperationTotals();
        for (var left = sample.Random.Next(30); left > 0; left--)
        {
            totals.Succeed();
            totals.Measure(sample.Random.NextInt64(0, 100_000_000));
            totals.Fail(sample.Text(), sample.Random.Next(1, 5));
            totals.Retry(sample.Random.Next(2, 9));
        }

        return totals;
    }

    private static SeriesDelta Delta(WireSample sample)
    {
        var name = sample.Of<SeriesName>();
        var labels = sample.Of<LabelSet>();
        return sample.Chance()
            ? Make<SeriesDelta>(name, labels, sample.Of<OperationTotals>())
            : Instrument(sample, name, labels);
    }

    private static SeriesDelta Instrument(WireSample sample, SeriesName name, LabelSet labels)
    {
        var shape = new InstrumentShape(sample.Text(), sample.Chance(), sample.Chance() ? [] : ImmutableArray.Create(0.1, 1.0 / 3, 10));
        var totals = Make<InstrumentTotals>(shape);
        for (var left = sample.Random.Next(10); left > 0; left--)
        {
            var (method, arguments) = shape.Bounds.IsEmpty ? ("Set", new object[] { sample.Of<long>() }) : ("Observe", [sample.Random.NextDouble() * 20, 7L]);
            typeof(InstrumentTotals).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(totals, arguments);
        }

        return Make<SeriesDelta>(name, labels, shape, totals);
    }

    /// <summary>Only nodes make these, from what they record.</summary>
    private static T Make<T>(params object[] arguments)
    {
        return (T)Activator.CreateInstance(typeof(T), BindingFlags.Instance | BindingFlags.NonPublic, null, arguments, null)!;
    }
}
