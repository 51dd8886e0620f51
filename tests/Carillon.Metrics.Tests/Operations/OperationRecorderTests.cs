namespace Carillon.Metrics.Tests;

public sealed class OperationRecorderTests : IAsyncDisposable
{
    private readonly SeriesScene _scene = new();

    public ValueTask DisposeAsync()
    {
        return _scene.DisposeAsync();
    }

    [Fact]
    public void Records_of_a_call_are_shown_after_a_second_with_every_figure()
    {
        var metrics = _scene.Start("a").Recorder;

        metrics.Record("plan", TimeSpan.FromMilliseconds(3), ("tenant", "acme"));
        metrics.RecordFailure("plan", TimeSpan.FromSeconds(2), "TimeoutException", ("tenant", "acme"));
        metrics.RecordRetry("plan", 2, ("tenant", "acme"));
        metrics.RecordRetry("plan", 5, ("tenant", "acme"));
        metrics.RecordBatch(
            new OperationRecord { Name = "plan", Succeeded = true, Labels = new OperationLabel[] { ("tenant", "acme") } },
            new OperationRecord { Name = "plan", Latency = TimeSpan.FromMilliseconds(1), Labels = new OperationLabel[] { ("tenant", "acme") } });
        _scene.Second();

        var shown = _scene.Operation("plan");
        Assert.Equal(2, shown.Successes);
        Assert.Equal([new NamedCount("TimeoutException", 1)], shown.Failures);
        Assert.Equal(2, shown.Retries);
        Assert.Equal((3, 2_004_000), (shown.Durations.Count, shown.Durations.SumMicroseconds));
        Assert.Equal([("tenant", "acme")], shown.Labels.Labels.Select(static l => (l.Name, l.Value)));
        Assert.Equal(5, Assert.Single(_scene.Read("plan")).Totals.HighestAttempt);
    }

    [Fact]
    public void Eight_threads_on_three_ways_of_recording_lose_nothing()
    {
        const int Threads = 8;
        const int Each = 30_000;
        var metrics = _scene.Start("a").Recorder;
        var bound = metrics.Bind("bound", ("k", "v"));
        using var gate = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            gate.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                bound.Record(TimeSpan.FromMicroseconds(i));
                metrics.Record("named", TimeSpan.FromMicroseconds(i), ("thread", thread % 2 == 0 ? "even" : "odd"));
                metrics.RecordFailure("failed", TimeSpan.FromMicroseconds(i), "E");
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        while (threads.Exists(static thread => thread.IsAlive))
        {
            _scene.Second(); // collected while they record
        }

        _scene.Second();
        var sum = (long)Threads * Each * (Each - 1) / 2;
        Assert.Equal((Threads * Each, sum), (_scene.Operation("bound").Successes, _scene.Operation("bound").Durations.SumMicroseconds));
        Assert.Equal([Threads / 2 * Each, Threads / 2 * Each], _scene.Operations("named").Select(static s => s.Successes));
        Assert.Equal([new NamedCount("E", Threads * Each)], _scene.Operation("failed").Failures);
        Assert.Equal(Threads * Each, Assert.Single(_scene.Read("bound")).Totals.Durations.Count);
    }

    [Fact]
    public void Recording_allocates_nothing_once_the_operation_is_known()
    {
        var metrics = _scene.Start("a").Recorder;
        var bound = metrics.Bind("plan");
        Record(1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Record(10_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        void Record(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var latency = TimeSpan.FromMicroseconds(i % 1_000);
                bound.Record(latency);
                metrics.Record("plan", latency, ("tenant", "acme"), ("tier", "gold"), ("region", "eu"));
                metrics.RecordFailure("plan", latency, "TimeoutException", ("tenant", "acme"));
                metrics.RecordRetry("plan", 2);
            }
        }
    }

    [Fact]
    public void Recording_still_allocates_nothing_after_what_was_recorded_is_sent()
    {
        var metrics = _scene.Start("a").Recorder;
        var bound = metrics.Bind("plan");
        Record();
        _scene.Second();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Record();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Record()
        {
            for (var i = 0; i < 1_000; i++)
            {
                bound.Record(TimeSpan.FromMicroseconds(i));
            }
        }
    }

    [Theory]
    [InlineData("a-b.c", "a_b_c")]
    [InlineData("9a", "_9a")]
    [InlineData("", "unknown")]
    [InlineData("job", "label_job")]
    [InlineData("instance", "label_instance")]
    [InlineData("le", "label_le")]
    [InlineData("operation", "label_operation")]
    [InlineData("error_type", "label_error_type")]
    [InlineData("__name__", "label___name__")]
    [InlineData("fine_1", "fine_1")]
    public void Label_name_becomes_legal(string given, string shown)
    {
        Assert.Equal(shown, LabelRules.LabelName(given));
    }

    [Fact]
    public void Labels_are_sorted_once_each_without_empty_ones_and_cut()
    {
        var labels = LabelRules.Labels([("b", "2"), ("a", ""), ("b", "3"), ("c", new string('x', 500)), ("d", "_other"), ("e", "\0\uD83D")]);

        Assert.Equal(
            [("b", "2"), ("c", new string('x', 200)), ("d", "other"), ("e", "\uFFFD\uFFFD")],
            labels.Labels.Select(static l => (l.Name, l.Value)));
    }

    [Fact]
    public void Same_labels_in_another_order_are_one_series()
    {
        var metrics = _scene.Start("a").Recorder;

        metrics.Record("plan", TimeSpan.Zero, ("a", "1"), ("b", "2"));
        metrics.Record("plan", TimeSpan.Zero, ("b", "2"), ("a", "1"));
        _scene.Second();

        Assert.Equal(2, _scene.Operation("plan").Successes);
    }

    [Fact]
    public void Label_sets_beyond_the_limit_share_one_and_are_counted()
    {
        var metrics = _scene.Start("a", new OperationRecorderOptions { MaxLabelSets = 3 }).Recorder;
        for (var i = 0; i < 10; i++)
        {
            metrics.Record("plan", TimeSpan.Zero, ("user", $"u{i}"));
        }

        _scene.Second(2);

        var series = _scene.Operations("plan");
        Assert.Equal(4, series.Count);
        Assert.Equal(7, Assert.Single(series, static s => s.Labels.IsOther).Successes);
        Assert.Equal(7, _scene.Dropped(DropReason.LabelSets));
        Assert.Equal(10, series.Sum(static s => s.Successes));
    }

    [Fact]
    public void Operations_beyond_the_limit_share_one_and_are_counted()
    {
        var metrics = _scene.Start("a", new OperationRecorderOptions { MaxOperations = 2 }).Recorder;
        for (var i = 0; i < 5; i++)
        {
            metrics.Record($"op-{i}", TimeSpan.Zero, ("i", "1"));
        }

        _scene.Second(2);

        Assert.Equal(3, _scene.Operation("_other").Successes);
        Assert.Equal(3, _scene.Dropped(DropReason.Operations));
    }

    [Fact]
    public void Kinds_of_error_beyond_the_limit_share_one()
    {
        var metrics = _scene.Start("a").Recorder;
        for (var i = 0; i < OperationTotals.MaxErrorTypes + 5; i++)
        {
            metrics.RecordFailure("plan", TimeSpan.Zero, $"E{i}");
        }

        _scene.Second();

        var failures = _scene.Operation("plan").Failures;
        Assert.Equal(OperationTotals.MaxErrorTypes + 1, failures.Count);
        Assert.Equal(5, failures.Single(static f => f.Name is "_other").Count);
    }

    [Fact]
    public void Latency_that_cannot_be_is_refused_and_counted_and_its_outcome_still_counts()
    {
        var metrics = _scene.Start("a").Recorder;

        metrics.Record("plan", TimeSpan.FromTicks(-1));
        metrics.Record("plan", TimeSpan.MaxValue);
        metrics.Record("plan", TimeSpan.MinValue);
        metrics.Record(null!, TimeSpan.Zero);
        metrics.RecordFailure("plan", TimeSpan.Zero, null);
        metrics.RecordRetry("plan", 1);
        metrics.RecordRetry("plan", int.MinValue);
        _scene.Second(2);

        Assert.Equal(3, _scene.Dropped(DropReason.Latency));
        Assert.Equal((3, 1, 0), (_scene.Operation("plan").Successes, _scene.Operation("plan").Durations.Count, _scene.Operation("plan").Retries));
        Assert.Equal("unknown", Assert.Single(_scene.Operation("plan").Failures).Name);
        Assert.Equal(1, _scene.Operation("unknown").Successes);
    }

    [Fact]
    public async Task Measured_calls_tell_time_outcome_and_error_and_throw_on()
    {
        var metrics = _scene.Start("a").Recorder;

        using (metrics.Measure("sync"))
        {
            _scene.Time.Advance(TimeSpan.FromMilliseconds(40));
        }

        using (var op = metrics.Measure("sync"))
        {
            op.Fail("Refused");
        }

        Assert.Equal(5, await metrics.MeasureAsync("async", () => Task.FromResult(5)));
        await Assert.ThrowsAsync<FormatException>(() => metrics.MeasureAsync("async", () => throw new FormatException()));
        await Assert.ThrowsAsync<FormatException>(
            () => metrics.MeasureAsync<int>("async", static () => Task.FromException<int>(new FormatException())));
        _scene.Second();

        Assert.Equal((1, 40_000), (_scene.Operation("sync").Successes, _scene.Operation("sync").Durations.SumMicroseconds));
        Assert.Equal([new NamedCount("Refused", 1)], _scene.Operation("sync").Failures);
        Assert.Equal((1, 3), (_scene.Operation("async").Successes, _scene.Operation("async").Durations.Count));
        Assert.Equal([new NamedCount("FormatException", 2)], _scene.Operation("async").Failures);
    }

    [Fact]
    public async Task Nothing_is_recorded_when_recording_is_off()
    {
        var metrics = _scene.Start("a", new OperationRecorderOptions { IsEnabled = false }).Recorder;

        metrics.Record("plan", TimeSpan.Zero);
        metrics.Bind("plan").Record(TimeSpan.Zero);
        using (metrics.Measure("plan"))
        {
            await metrics.MeasureAsync("plan", static () => Task.CompletedTask);
        }

        _scene.Second(3);

        Assert.False(metrics.IsEnabled);
        Assert.Empty(_scene.Page()!.Operations);
        Assert.Equal(0, _scene.Delivered);
    }
}
