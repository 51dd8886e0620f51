using Carillon.Model;

namespace Carillon.Metrics.Tests;

public sealed class OperationHistoryTests : IAsyncDisposable
{
    private readonly SeriesScene _scene = new();

    public ValueTask DisposeAsync()
    {
        return _scene.DisposeAsync();
    }

    [Fact]
    public async Task Minutes_and_hours_of_a_period_hold_what_was_merged_in_it_through_any_restart()
    {
        var metrics = _scene.Start("a").Recorder;
        var begin = RollupSpan.Hour.Ceiling(_scene.Time.Now()) + TimeSpan.FromMinutes(40);
        _scene.Time.AdvanceTo(begin);
        var recorded = new List<DateTimeOffset>();
        for (var minute = 0; minute < 150; minute++) // past two hours
        {
            recorded.Add(_scene.Time.Now() + TimeSpan.FromSeconds(1));
            metrics.Record("plan", TimeSpan.FromMilliseconds(minute + 1), ("k", "v"));
            _scene.Second(2);
            if (minute is 30 or 31 or 90)
            {
                await _scene.RestartShardsAsync();
            }

            _scene.Time.Advance(TimeSpan.FromSeconds(58));
        }

        var now = _scene.Time.Now();
        Assert.Equal(150, Assert.Single(_scene.Read("plan")).Totals.Successes);
        Assert.Equal(3, _scene.Rows.Rollups.Count(static row => row.Span == RollupSpan.Hour));
        foreach (var (from, to) in ((int, int)[])[(0, 150), (0, 1), (7, 9), (19, 140), (21, 79), (100, 149), (149, 150), (140, 400)])
        {
            var period = StatisticsPeriod.Covering(begin.AddMinutes(from), begin.AddMinutes(to), now.AddDays(-7));
            var history = await ReadAsync(period);
            var expected = recorded.Count(at => at >= begin.AddMinutes(from) && at < begin.AddMinutes(to));
            Assert.Equal((expected, RollupSpan.Minute), (Sum(history).Successes, period.Resolution));
        }
    }

    [Fact]
    public async Task Period_whose_minutes_are_no_longer_kept_is_told_by_the_hour()
    {
        var metrics = _scene.Start("a").Recorder;
        var hour = RollupSpan.Hour.Ceiling(_scene.Time.Now());
        foreach (var minute in (int[])[5, 35, 65, 95])
        {
            _scene.Time.AdvanceTo(hour.AddMinutes(minute));
            metrics.RecordFailure("plan", TimeSpan.FromMilliseconds(minute), "E");
            _scene.Second(2);
        }

        var history = await ReadAsync(
            StatisticsPeriod.Covering(hour.AddMinutes(30), hour.AddMinutes(40), minutesSince: hour.AddHours(1)));

        Assert.Equal([new NamedCount("E", 2)], Sum(history).FailuresByType);
        Assert.Equal(40_000, Sum(history).Durations.Sum);
    }

    [Fact]
    public void Minute_of_an_operation_that_is_not_called_any_more_becomes_a_row()
    {
        var metrics = _scene.Start("a").Recorder;
        metrics.Record("plan", TimeSpan.Zero);
        _scene.Second(70);

        Assert.Equal("plan", Assert.Single(_scene.Rows.Rollups).Name);
        Assert.Null(Assert.Single(_scene.Read("plan")).Minute);
    }

    [Fact]
    public void Recent_figures_are_of_the_last_two_minutes()
    {
        var metrics = _scene.Start("a").Recorder;
        _scene.Time.AdvanceTo(RollupSpan.Minute.Ceiling(_scene.Time.Now()));
        metrics.Record("plan", TimeSpan.Zero);
        _scene.Second(70);
        metrics.Record("plan", TimeSpan.Zero);
        _scene.Second(10);
        Assert.Equal(2, Assert.Single(_scene.Read("plan")).Recent.Successes);

        _scene.Second(60);
        Assert.Equal(1, Assert.Single(_scene.Read("plan")).Recent.Successes);
        _scene.Second(60);
        Assert.Equal(0, Assert.Single(_scene.Read("plan")).Recent.Successes);
    }

    private Task<OperationHistory> ReadAsync(StatisticsPeriod period)
    {
        return OperationHistory.ReadAsync(_scene.Rows, _scene.Read("plan"), "plan", period, CancellationToken.None);
    }

    private static OperationTotals Sum(OperationHistory history)
    {
        var sum = new OperationTotals();
        foreach (var totals in history.Series.Values)
        {
            sum.Add(totals);
        }

        return sum;
    }
}
