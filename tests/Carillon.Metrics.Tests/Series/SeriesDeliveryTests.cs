using Carillon.Cluster;
namespace Carillon.Metrics.Tests;

public sealed class SeriesDeliveryTests : IAsyncDisposable
{
    private readonly SeriesScene _scene = new();

    public ValueTask DisposeAsync()
    {
        return _scene.DisposeAsync();
    }

    [Fact]
    public void Nothing_is_shown_before_it_is_committed()
    {
        var metrics = _scene.Start("a").Recorder;
        metrics.Record("plan", TimeSpan.Zero);
        _scene.Second(); // opens
        _scene.IsHeld = true;
        metrics.Record("plan", TimeSpan.Zero);
        _scene.Second();

        Assert.Null(_scene.Page());

        _scene.CommitHeld();
        _scene.Second();
        Assert.Equal(2, _scene.Operation("plan").Successes);
    }

    [Fact]
    public async Task Delta_that_was_committed_and_not_answered_is_merged_once()
    {
        var metrics = _scene.Start("a").Recorder;
        metrics.Record("plan", TimeSpan.FromMilliseconds(1));
        _scene.Second();
        _scene.AnswersAreLost = true;
        metrics.Record("plan", TimeSpan.FromMilliseconds(1));
        _scene.Second();
        metrics.Record("plan", TimeSpan.FromMilliseconds(1)); // waits behind the one that is not answered
        _scene.Second();

        await _scene.RestartShardsAsync();
        _scene.AnswersAreLost = false;
        _scene.Second(6);

        Assert.Equal((3, 3_000), (_scene.Operation("plan").Successes, _scene.Operation("plan").Durations.SumMicroseconds));
    }

    [Fact]
    public async Task Owner_that_dies_before_the_commit_gets_the_delta_again()
    {
        var metrics = _scene.Start("a").Recorder;
        metrics.Record("plan", TimeSpan.Zero);
        _scene.Second();
        _scene.IsHeld = true;
        metrics.Record("plan", TimeSpan.Zero);
        _scene.Second();

        await _scene.RestartShardsAsync();
        _scene.IsHeld = false;
        _scene.Second(4);

        Assert.Equal(2, _scene.Operation("plan").Successes);
    }

    [Fact]
    public void Repeated_deltas_while_the_store_is_slow_are_merged_once()
    {
        var metrics = _scene.Start("a").Recorder;
        metrics.Record("plan", TimeSpan.Zero);
        _scene.IsHeld = true;
        _scene.Second(20);
        Assert.InRange(_scene.Delivered, 5, 20);

        _scene.CommitHeld();
        _scene.Second(3);

        Assert.Equal(1, _scene.Operation("plan").Successes);
    }

    [Fact]
    public void Figures_of_nodes_add_up()
    {
        foreach (var name in (string[])["a", "b", "c"])
        {
            var metrics = _scene.Start(name).Recorder;
            metrics.Record("plan", TimeSpan.FromMilliseconds(2), ("k", "v"));
            metrics.RecordFailure("plan", TimeSpan.FromMilliseconds(2), "E", ("k", "v"));
        }

        _scene.Second(2);

        var plan = _scene.Operation("plan");
        Assert.Equal((3, 12_000), (plan.Successes, plan.Durations.SumMicroseconds));
        Assert.Equal([new NamedCount("E", 3)], plan.Failures);
    }

    [Fact]
    public async Task Node_that_leaves_in_order_loses_nothing()
    {
        var node = _scene.Start("a");
        node.Recorder.Record("plan", TimeSpan.Zero);
        _scene.Second(3);
        node.Recorder.Record("plan", TimeSpan.Zero);

        await _scene.LeaveAsync(node);
        _scene.Second(5);

        Assert.Equal(2, _scene.Operation("plan").Successes);
        Assert.Equal(0, _scene.Dropped(DropReason.Killed));
    }

    [Fact]
    public async Task What_nodes_took_and_were_refused_outlives_them()
    {
        var node = _scene.Start("a");
        _scene.Ownership.Took(TakeoverReason.Crash);
        _scene.Ownership.Took(TakeoverReason.Crash);
        _scene.Ownership.Refused(5);
        _scene.Second(3);

        await _scene.LeaveAsync(node);
        await _scene.RestartShardsAsync();

        var page = _scene.Page()!;
        Assert.Equal(
            [new NamedCount("first", 0), new NamedCount("released", 0), new NamedCount("crash", 2), new NamedCount("lease", 0)], page.Takeovers);
        Assert.Equal(5, page.FencedWrites);
        Assert.Empty(page.Instruments);
    }

    [Fact]
    public async Task Node_that_recorded_nothing_leaves_at_once_and_does_not_count_when_killed()
    {
        var leaves = _scene.Start("a");
        var killed = _scene.Start("b");
        _scene.Second(2);

        await _scene.LeaveAsync(leaves);
        await _scene.KillAsync(killed);
        _scene.Second(5);

        Assert.Equal(0, _scene.Delivered);
        Assert.Equal(0, _scene.Dropped(DropReason.Killed));
    }

    [Fact]
    public async Task Node_that_is_killed_loses_what_it_had_not_sent_and_that_is_counted_once()
    {
        var killed = _scene.Start("a");
        var other = _scene.Start("b");
        foreach (var name in (string[])["p", "q", "r", "s", "t"]) // several shards
        {
            killed.Recorder.Record(name, TimeSpan.Zero);
            other.Recorder.Record(name, TimeSpan.Zero);
        }

        _scene.Second(2);
        killed.Recorder.Record("p", TimeSpan.Zero);

        await _scene.KillAsync(killed);
        _scene.Second(5);
        await _scene.RestartShardsAsync();
        _scene.Second(5);

        Assert.Equal(2, _scene.Operation("p").Successes);
        Assert.Equal(1, _scene.Dropped(DropReason.Killed));
        Assert.Equal([other.Incarnation], _scene.Rows.Sources.Select(static s => s.Incarnation).Distinct());
    }

    [Fact]
    public void Limits_hold_for_all_nodes_together()
    {
        var scene = _scene;
        for (var node = 0; node < 3; node++)
        {
            var metrics = scene.Start($"n{node}", new OperationRecorderOptions { MaxLabelSets = 900 }).Recorder;
            for (var i = 0; i < 900; i++)
            {
                metrics.Record("plan", TimeSpan.Zero, ("id", $"{node}-{i}"));
            }
        }

        scene.Second(4);

        var series = scene.Operations("plan");
        Assert.Equal(2_001, series.Count);
        Assert.Equal(2_700, series.Sum(static s => s.Successes));
        Assert.Equal(700, scene.Dropped(DropReason.LabelSets));
    }
}
