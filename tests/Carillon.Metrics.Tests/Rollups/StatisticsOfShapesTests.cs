using Carillon.Model;

namespace Carillon.Metrics.Tests;

/// <summary>Twenty thousand executions of each shape over half a day, while owners save, are killed and follow.</summary>
public sealed class StatisticsOfShapesTests
{
    private const int Executions = 20_000;
    private static readonly double[] Quantiles = [0, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

    private readonly Facts _facts = new();
    private readonly TestStore _store = new();

    public static TheoryData<string> Shapes => [.. DurationShapes.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Statistics_are_within_one_percent_and_counts_exact_by_minutes_and_by_hours_over_restarts(string shape)
    {
        var durations = DurationShapes.Take(shape, Executions, seed: 21);
        var history = Recover();
        _facts.Save("a");
        for (var i = 0; i < Executions; i++)
        {
            _facts.Finish(_facts.Begin("a", i * 2), Outcome.Succeeded, durations[i]);
            if (i % 100 == 0)
            {
                _store.Commit(_facts.Take());
                history.Fold(_store.Newest, _facts.Now);
                Record(history, history.TakeDue());
            }

            if (i % 6_000 == 5_555)
            {
                _store.Commit(_facts.Take());
                history = Recover();
            }
        }

        _store.Commit(_facts.Take());
        history.Fold(_store.Newest, _facts.Now);
        Record(history, history.TakeAll());

        var minutes = Sum(RollupSpan.Minute);
        var hours = Sum(RollupSpan.Hour);
        Array.Sort(durations);
        Assert.Equal(minutes.Save().ToArray(), hours.Save().ToArray());
        Assert.Equal((Executions, Executions), (hours.Planned, hours.Ended.Succeeded));
        Assert.Equal((Executions, durations.Sum()), (hours.Durations.Count, hours.Durations.Sum));
        Assert.Equal((durations[0], durations[^1]), (hours.Durations.Min, hours.Durations.Max));
        Assert.All(Quantiles, q =>
        {
            var exact = durations[(int)Math.Floor(q * (Executions - 1))];
            Assert.InRange(hours.Durations.Quantile(q), exact * 0.99, exact * 1.01);
        });
    }

    private PeriodFigures Sum(RollupSpan span)
    {
        var sum = new PeriodFigures();
        foreach (var rollup in _store.Rollups.Values.Where(rollup => rollup.Span == span))
        {
            sum.Add(PeriodFigures.Of(rollup));
        }

        return sum;
    }

    private ShardHistory Recover()
    {
        return new ShardHistory(_store.Recover(), new HistoryOptions(), Facts.Start);
    }

    private void Record(ShardHistory history, IReadOnlyList<IReadOnlyList<ShardWrite>> steps)
    {
        foreach (var step in steps)
        {
            _store.Commit([step], _facts);
            history.Saved(step);
        }
    }
}
