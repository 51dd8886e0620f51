namespace Carillon.Metrics.Tests;

public sealed class SeriesResetTests : IAsyncDisposable
{
    private readonly SeriesScene _scene = new();

    public ValueTask DisposeAsync()
    {
        return _scene.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Counts_begin_anew_once_and_minutes_stay(bool ownersKnow)
    {
        var metrics = _scene.Start("a").Recorder;
        metrics.RecordFailure("plan", TimeSpan.FromMilliseconds(5), "E");
        metrics.Record("idle", TimeSpan.FromMilliseconds(5));
        _scene.Second(2);

        _scene.Reset(ownersKnow);
        Assert.Equal((0, 0, 0), (_scene.Operation("plan").Successes, _scene.Operation("plan").Failures.Count, _scene.Operation("plan").Durations.Count));
        Assert.Equal(1, Assert.Single(_scene.Read("plan")).Minute?.Totals.Failures);

        metrics.Record("plan", TimeSpan.FromMilliseconds(7));
        _scene.Second(2);
        await _scene.RestartShardsAsync();

        Assert.Equal((1, 7_000), (_scene.Operation("plan").Successes, _scene.Operation("plan").Durations.SumMicroseconds));
        Assert.Equal(0, _scene.Operation("idle").Successes);
    }

    [Fact]
    public void Nothing_of_the_new_generation_is_shown_before_it_is_committed()
    {
        var metrics = _scene.Start("a").Recorder;
        metrics.Record("plan", TimeSpan.Zero);
        _scene.Second(2);
        _scene.IsHeld = true;
        _scene.Reset(ownersKnow: false);

        Assert.Null(_scene.Page());

        _scene.CommitHeld();
        Assert.Equal(0, _scene.Operation("plan").Successes);
    }

    [Fact]
    public async Task First_operation_of_a_shard_counts_in_the_generation_that_is_known()
    {
        _scene.Reset(ownersKnow: true);
        var metrics = _scene.Start("a").Recorder;
        metrics.Record("plan", TimeSpan.Zero);
        _scene.Second(2);
        await _scene.RestartShardsAsync();

        Assert.Equal(1, _scene.Operation("plan").Successes);
    }
}
