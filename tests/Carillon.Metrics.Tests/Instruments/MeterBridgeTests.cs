using System.Diagnostics.Metrics;
using System.Globalization;
using Carillon.Model;

namespace Carillon.Metrics.Tests;

public sealed class MeterBridgeTests : IAsyncDisposable
{
    private readonly SeriesScene _scene = new();
    private readonly string _meterName = $"Shop.{Interlocked.Increment(ref Made)}.";
    private readonly Meter _meter;

    private static int Made;

    public MeterBridgeTests()
    {
        _meter = new Meter(_meterName);
    }

    public ValueTask DisposeAsync()
    {
        _meter.Dispose();
        return _scene.DisposeAsync();
    }

    [Fact]
    public void Instruments_of_every_kind_are_on_the_page_under_the_names_of_Prometheus()
    {
        var counter = _meter.CreateCounter<long>("orders.placed", "{order}", "Orders \"placed\".");
        var upDown = _meter.CreateUpDownCounter<int>("Queue.Length");
        var histogram = _meter.CreateHistogram<double>("checkout.duration", "ms", "How long a checkout took.");
        var gauge = _meter.CreateGauge<double>("oven.temperature", "Cel");
        _meter.CreateObservableCounter("bytes.sent", () => 1_000_000L, "By");
        _meter.CreateObservableUpDownCounter("connections", () => 7);
        _meter.CreateObservableGauge("load", () => new Measurement<double>(0.25, new KeyValuePair<string, object?>("cpu", 1)), "1");
        _scene.Start("a", meters: _meterName);

        counter.Add(2, new KeyValuePair<string, object?>("kind", "web"));
        upDown.Add(5);
        upDown.Add(-2);
        histogram.Record(30);
        histogram.Record(7_000);
        gauge.Record(180.5);
        _scene.Second(3);

        Assert.Equal(
            [
                ("bytes_sent_total", "counter", "1000000"),
                ("checkout_duration_seconds", "histogram", "7.03"),
                ("connections", "gauge", "7"),
                ("load_ratio", "gauge", "0.25"),
                ("orders_placed_total", "counter", "2"),
                ("oven_temperature_celsius", "gauge", "180.5"),
                ("queue_length", "gauge", "3"),
            ],
            Shown().Select(static f => (f.Name, f.Type, f.Value)));
        var page = Render();
        Assert.Contains("orders_placed_total{kind=\"web\"} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("load_ratio{node=\"a\",cpu=\"1\"} 0.25\n", page, StringComparison.Ordinal);
        Assert.Contains("checkout_duration_seconds_bucket{le=\"0.05\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("checkout_duration_seconds_bucket{le=\"+Inf\"} 2\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counters_add_up_over_nodes_and_restarts_and_what_stands_ends_with_its_node()
    {
        var counter = _meter.CreateCounter<double>("cost", "s");
        var upDown = _meter.CreateUpDownCounter<long>("open");
        var gauge = _meter.CreateGauge<long>("level");
        var first = _scene.Start("a", meters: _meterName);
        _scene.Start("b", meters: _meterName); // one process in this test, so both hear every measurement
        counter.Add(0.1);
        counter.Add(0.2);
        upDown.Add(4);
        gauge.Record(9);
        _scene.Second(3);
        await _scene.RestartShardsAsync();

        Assert.Equal("0.6", Value("cost_seconds_total"));
        Assert.Equal("8", Value("open"));
        Assert.Equal(2, Series("level").Single().Nodes.Count);

        await _scene.KillAsync(first);
        _scene.Second(5);

        Assert.Equal("0.6", Value("cost_seconds_total"));
        Assert.Equal("4", Value("open"));
        Assert.Equal("b", Assert.Single(Series("level").Single().Nodes).Node);
    }

    [Fact]
    public void Observable_counter_counts_what_it_grew_by_and_begins_anew_when_it_falls()
    {
        var stands = 0L;
        _meter.CreateObservableCounter("seen", () => stands);
        _scene.Start("a", meters: _meterName);
        foreach (var next in (long[])[5, 9, 9, 2])
        {
            stands = next;
            _scene.Second(2);
        }

        Assert.Equal("11", Value("seen_total"));
    }

    [Fact]
    public void Instrument_whose_family_is_taken_is_refused_and_counted_and_the_first_one_goes_on()
    {
        var first = _meter.CreateCounter<long>("orders");
        _scene.Start("a", meters: _meterName + "*");
        _meter.CreateHistogram<double>("orders_total");
        var gauge = _meter.CreateGauge<long>("orders");
        _meter.CreateCounter<long>("scheduler.executions");
        _meter.CreateGauge<long>("carillon_node_build_info");
        using var other = new Meter(_meterName + "B");
        var sameName = other.CreateCounter<long>("orders");

        first.Add(1);
        gauge.Record(5);
        sameName.Add(50);
        _scene.Second(3);

        Assert.Equal(["orders_total"], Shown().Select(static f => f.Name));
        Assert.Equal("1", Value("orders_total"));
        Assert.DoesNotContain(Shown(), static f => f.Name.StartsWith("scheduler", StringComparison.Ordinal));
        Assert.Equal(4, _scene.Dropped(DropReason.Instruments));
    }

    [Fact]
    public void Meter_that_is_made_again_goes_on_with_the_same_series()
    {
        _meter.CreateCounter<long>("orders");
        _scene.Start("a", meters: _meterName);
        using var again = new Meter(_meterName);
        again.CreateCounter<long>("orders").Add(3);
        _scene.Second(2);

        Assert.Equal("3", Value("orders_total"));
        Assert.Equal(0, _scene.Dropped(DropReason.Instruments));
    }

    [Fact]
    public void Meters_that_are_not_named_are_not_listened_to()
    {
        var counter = _meter.CreateCounter<long>("orders");
        _scene.Start("a", meters: "Other*");
        counter.Add(1);
        _scene.Second(2);

        Assert.False(counter.Enabled && _scene.Page()!.Instruments.Count > 0);
        Assert.Empty(_scene.Page()!.Instruments);
    }

    [Fact]
    public void Measurements_that_cannot_be_are_refused_and_labels_beyond_the_limit_share_one()
    {
        var histogram = _meter.CreateHistogram<double>("h");
        var counter = _meter.CreateCounter<long>("c");
        _scene.Start("a", meters: _meterName);
        foreach (var value in (double[])[double.NaN, double.PositiveInfinity, -1, 1e300])
        {
            histogram.Record(value);
        }

        for (var i = 0; i < 9; i++) // the scene's limit is 5
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i), new KeyValuePair<string, object?>("job", null));
        }

        _scene.Second(3);

        Assert.Equal(4, _scene.Dropped(DropReason.Latency));
        Assert.Equal(4, Assert.Single(Series("c_total"), static s => s.Labels.IsOther).Value);
        Assert.Equal(9, Series("c_total").Sum(static s => s.Value));
        Assert.Contains("c_total{id=\"_other\"} 4\n", Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Histogram_has_the_bounds_that_it_advises()
    {
        var advice = new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 10, 100] };
        var histogram = _meter.CreateHistogram("items", "{item}", advice: advice);
        _scene.Start("a", meters: _meterName);
        histogram.Record(1);
        histogram.Record(11);
        histogram.Record(1_000);
        _scene.Second(2);

        var lines = Render().Split('\n').Where(static line => line.StartsWith("items_", StringComparison.Ordinal));
        Assert.Equal(
            [
                "items_bucket{le=\"1.0\"} 1", "items_bucket{le=\"10.0\"} 1", "items_bucket{le=\"100.0\"} 2",
                "items_bucket{le=\"+Inf\"} 3", "items_sum 1012", "items_count 3",
            ],
            lines);
    }

    private string Value(string family)
    {
        return Shown().Single(f => string.Equals(f.Name, family, StringComparison.Ordinal)).Value;
    }

    private IReadOnlyList<InstrumentSeries> Series(string family)
    {
        return _scene.Page()!.Instruments.Single(f => string.Equals(f[0].Name.Name, family, StringComparison.Ordinal));
    }

    /// <summary>Each family with its type, and its value or sum.</summary>
    private IEnumerable<(string Name, string Type, string Value)> Shown()
    {
        foreach (var family in _scene.Page()!.Instruments)
        {
            var one = family[0];
            var value = one.Name.Kind is MetricKind.Gauge or MetricKind.UpDownCounter ? one.Nodes.Sum(static n => n.Value) : one.Value;
            var shown = one.Shape.IsWhole ? value : value / 1_000_000m;
            var type = one.Name.Kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" };
            yield return (one.Name.Name, type, shown.ToString("0.######", CultureInfo.InvariantCulture));
        }
    }

    private string Render()
    {
        return Parts.Render(ClusterSnapshot.Merge([Parts.Of(new Facts())], Parts.Cluster(), _scene.Page()));
    }
}
