using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Conformance.Tests;

/// <summary>What a store keeps of operations and instruments.</summary>
public abstract class SeriesSuite(StoreHarness harness) : StoreSuite(harness)
{
    private static readonly Guid Labels = Guid.Parse("5e000000-0000-4000-8000-000000000001");
    private static readonly Guid OtherLabels = Guid.Parse("5e000000-0000-4000-8000-000000000002");
    private static readonly Guid Sender = Guid.Parse("5e000000-0000-4000-8000-00000000000a");

    [Fact]
    public async Task Series_come_back_in_their_newest_form()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Series("plan", Labels, 1), Series("plan", OtherLabels, 2), Counter("cost", Labels, 3));
        await owner.RecordAsync(Series("plan", Labels, 4, 5), Counter("cost", Labels));

        var series = (await owner.LoadAsync("")).Series;

        Assert.Equal(
            [(MetricKind.Operation, "plan", Labels, "4 5"), (MetricKind.Operation, "plan", OtherLabels, "2"), (MetricKind.Counter, "cost", Labels, "")],
            series.OrderBy(static s => s.Kind).ThenBy(static s => s.LabelsId)
                .Select(static s => (s.Kind, s.Name, s.LabelsId, string.Join(' ', s.State.ToArray()))));
    }

    [Fact]
    public async Task Sources_come_back_in_their_newest_form_until_they_are_dropped()
    {
        var owner = await Owner.ClaimAsync(Node);
        var gone = Guid.Parse("5e000000-0000-4000-8000-00000000000b");
        await owner.RecordAsync(Source(Sender, 1, isHome: true), Source(gone, 9, isHome: false));
        await owner.RecordAsync(Source(Sender, 2, isHome: false), new DropMetricSource(gone));

        Assert.Equal([new MetricSource(Sender, 2, IsHome: false)], (await owner.LoadAsync("")).Sources);
    }

    [Fact]
    public async Task Nothing_of_an_ended_term_is_recorded()
    {
        var old = await Owner.ClaimAsync(Node);
        await old.RecordAsync(Series("plan", Labels, 1), Source(Sender, 1, isHome: true));
        var successor = await OpenAnotherNodeAsync();
        await successor.Cluster.ClaimAsync(successor.Incarnation, [old.TermOf("")], None);

        var fenced = await old.AppendAsync(
            old.Event(Series("plan", Labels, 2)),
            old.Event(Source(Sender, 2, isHome: true)),
            old.Event(new DropMetricSource(Sender)),
            old.Event(Minute("plan", Labels, 0, 1)));

        Assert.Equal([old.TermOf("").Shard], fenced);
        var recovery = await old.LoadAsync("");
        Assert.Equal(1, Assert.Single(recovery.Series).State.Span[0]);
        Assert.Equal(1, Assert.Single(recovery.Sources).Sequence);
        Assert.Empty(await ReadAsync("plan", RollupSpan.Minute, 0, 10));
    }

    [Fact]
    public async Task Rollups_are_replaced_and_read_by_operation_span_and_period()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(
            Minute("plan", Labels, 0, 1),
            Minute("plan", Labels, 1, 2),
            Minute("plan", OtherLabels, 1, 3),
            Minute("plan", Labels, 2, 4),
            Minute("other", Labels, 1, 5),
            new SaveOperationRollup(new OperationRollup("plan", Labels, RollupSpan.Hour, TestTimes.Noon, new byte[] { 6 })));
        await owner.RecordAsync(Minute("plan", Labels, 1, 7, 8));

        var rows = await ReadAsync("plan", RollupSpan.Minute, 1, 2);

        Assert.Equal(
            [(Labels, TestTimes.Noon.AddMinutes(1), "7 8"), (OtherLabels, TestTimes.Noon.AddMinutes(1), "3")],
            rows.OrderBy(static r => r.LabelsId).Select(static r => (r.LabelsId, r.Start, string.Join(' ', r.State.ToArray()))));
        Assert.Equal(6, Assert.Single(await ReadAsync("plan", RollupSpan.Hour, -60, 60)).State.Span[0]);
        Assert.Empty(await ReadAsync("nothing", RollupSpan.Minute, 0, 10));
    }

    [Fact]
    public async Task Rollups_are_deleted_in_steps_at_the_time_of_their_span()
    {
        var owner = await Owner.ClaimAsync(Node);
        for (var minute = 0; minute < 3; minute++)
        {
            var hour = new OperationRollup("plan", Labels, RollupSpan.Hour, TestTimes.Noon.AddMinutes(minute), new byte[1]);
            await owner.RecordAsync(Minute("plan", Labels, minute, 1), new SaveOperationRollup(hour));
        }

        var before = new Expiry(TestTimes.LongAgo, TestTimes.Noon.AddMinutes(2), TestTimes.Noon.AddMinutes(1));
        var steps = 1;
        while (await Node.Maintenance.DeleteExpiredAsync(before, 1, None))
        {
            Assert.True(++steps < 10, "the store says there is more to delete, and deletes nothing");
        }

        Assert.Equal(TestTimes.Noon.AddMinutes(2), Assert.Single(await ReadAsync("plan", RollupSpan.Minute, 0, 10)).Start);
        Assert.Equal(2, (await ReadAsync("plan", RollupSpan.Hour, 0, 10)).Count);
    }

    [Fact]
    public async Task Two_thousand_series_and_the_longest_names_are_one_append()
    {
        var owner = await Owner.ClaimAsync(Node);
        var name = string.Concat(Enumerable.Repeat("\U0001F980", 100));
        await owner.RecordAsync(
        [
            .. Enumerable.Range(1, 2_000).Select(i => Series(name, new Guid(i, 0, 0, new byte[8]), new byte[500])),
            Minute(name, Labels, 0, 1),
        ]);

        Assert.Equal(2_000, (await owner.LoadAsync("")).Series.Count(s => string.Equals(s.Name, name, StringComparison.Ordinal)));
        Assert.Equal(name, Assert.Single(await ReadAsync(name, RollupSpan.Minute, 0, 1)).Name);
    }

    private static SaveSeries Series(string name, Guid labels, params byte[] state)
    {
        return new SaveSeries(new MetricSeries(MetricKind.Operation, name, labels, state));
    }

    private static SaveSeries Counter(string name, Guid labels, params byte[] state)
    {
        return new SaveSeries(new MetricSeries(MetricKind.Counter, name, labels, state));
    }

    private static SaveMetricSource Source(Guid incarnation, long sequence, bool isHome)
    {
        return new SaveMetricSource(new MetricSource(incarnation, sequence, isHome));
    }

    private static SaveOperationRollup Minute(string name, Guid labels, int minute, params byte[] state)
    {
        return new SaveOperationRollup(
            new OperationRollup(name, labels, RollupSpan.Minute, TestTimes.Noon.AddMinutes(minute), state));
    }

    private async Task<IReadOnlyList<OperationRollup>> ReadAsync(string name, RollupSpan span, int fromMinute, int toMinute)
    {
        var rows = new List<OperationRollup>();
        var range = new OperationRange(name, span, TestTimes.Noon.AddMinutes(fromMinute), TestTimes.Noon.AddMinutes(toMinute));
        await Node.Operations.ReadAsync(range, rows.Add, None);
        return rows;
    }
}
