using Carillon.Model;

namespace Carillon.Metrics.Tests;

/// <summary>
/// An owner of a shard that saves, fails to save and is killed at random. After every step the recorded roll-ups with
/// the unsaved ones in their place must be what the rows of the shard say.
/// </summary>
public sealed class RollupRecoveryTests
{
    private readonly Facts _facts = new();
    private readonly TestStore _store = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Rollups_equal_the_rows_whenever_the_owner_is_killed(int seed)
    {
        var random = new Random(seed);
        var life = new RandomFacts(seed, ["a", "b", "c"]);
        var history = Recover();
        var pending = new List<IReadOnlyList<ShardWrite>>();
        for (var step = 0; step < 1_500; step++)
        {
            life.Step();
            _store.Commit(life.Facts.Take());
            history.Fold(_store.Newest, life.Facts.Now);
            if (random.Next(80) == 0)
            {
                history.Reset(history.Generation + 1);
            }

            pending.AddRange(random.Next(10) == 0 ? history.TakeAll() : history.TakeDue());
            Settle(history, pending, life.Facts, random);
            if (random.Next(100) == 0)
            {
                pending.Clear();
                history = Recover();
            }

            if (step % 25 == 0)
            {
                CheckAgainstRows(history, life.Facts);
            }
        }

        CheckAgainstRows(Recover(), life.Facts);
        Assert.NotEmpty(_store.Rollups);
    }

    [Fact]
    public void Job_deleted_with_unsaved_rollups_leaves_them_recorded()
    {
        var history = Recover();
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Succeeded, 700);
        _facts.Delete("a");
        history.Fold(_facts.Take(), _facts.Now);

        _store.Commit(history.TakeDue(), _facts);

        Assert.Equal([RollupSpan.Minute, RollupSpan.Hour], _store.Rollups.Keys.Select(static key => key.Span));
        Assert.All(_store.Rollups.Values, static rollup => Assert.Equal((1, 700), (rollup.Ended.Succeeded, rollup.DurationMicroseconds)));
    }

    [Fact]
    public void Rollups_of_a_deleted_job_that_were_refused_are_sent_again_although_the_id_is_taken_anew()
    {
        var history = Recover();
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Succeeded, 700);
        history.Fold(_facts.Take(), _facts.Now);
        var refused = Assert.Single(history.TakeAll());
        _facts.Delete("a");
        history.Fold(_facts.Take(), _facts.Now);
        var handedOver = Assert.Single(history.TakeDue());
        _facts.Save("a");
        history.Fold(_facts.Take(), _facts.Now);

        history.NotSaved(refused);
        history.NotSaved(handedOver);
        _store.Commit(history.TakeDue(), _facts);

        Assert.Equal(2, _store.Rollups.Count);
        Assert.Empty(history.UnsavedRollups("a"));
    }

    [Fact]
    public void Part_that_grows_after_it_was_recorded_replaces_it_and_a_closed_one_is_let_go()
    {
        var history = Recover();
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Succeeded, 700);
        history.Fold(_facts.Take(), _facts.Now);
        Record(history);
        Assert.Empty(history.UnsavedRollups("a"));

        _facts.Run("a", 1, Outcome.Failed, 900);
        history.Fold(_facts.Take(), _facts.Now);
        Record(history);
        Assert.All(_store.Rollups.Values, static rollup => Assert.Equal((1, 1), (rollup.Ended.Succeeded, rollup.Ended.Failed)));
        Assert.Equal(2, _store.Rollups.Count);

        // An occurrence of the first minute that is planned a minute later: the first part is gone by then.
        for (var i = 0; i < 70; i++)
        {
            _facts.Save("b");
        }

        _facts.Run("a", 65, Outcome.Succeeded, 1);
        history.Fold(_facts.Take(), _facts.Now);
        Record(history);
        _facts.Run("a", 2, Outcome.Succeeded, 1);
        history.Fold(_facts.Take(), _facts.Now);
        Record(history);

        var first = _store.Rollups.Values.Where(static r => r.Span == RollupSpan.Minute && r.Start == Facts.Start).ToArray();
        Assert.Equal(2, first.Length);
        Assert.Equal(3, first.Sum(static rollup => PeriodFigures.Of(rollup).Planned));
    }

    private void Record(ShardHistory history)
    {
        foreach (var step in history.TakeAll())
        {
            _store.Commit([step], _facts);
            history.Saved(step);
        }
    }

    private ShardHistory Recover()
    {
        return new ShardHistory(_store.Recover(), new HistoryOptions { SnapshotEvents = 7 }, Facts.Start);
    }

    /// <summary>Some steps are recorded and told, some refused, some wait, in order.</summary>
    private void Settle(ShardHistory history, List<IReadOnlyList<ShardWrite>> pending, Facts facts, Random random)
    {
        while (pending.Count > 0 && random.Next(3) > 0)
        {
            var step = pending[0];
            pending.RemoveAt(0);
            if (random.Next(5) == 0)
            {
                history.NotSaved(step);
                continue;
            }

            _store.Commit([step], facts);
            history.Saved(step);
        }
    }

    private void CheckAgainstRows(ShardHistory history, Facts facts)
    {
        var expected = RowFigures.Of(facts.All);
        var actual = new Dictionary<(string JobId, RollupSpan Span, DateTimeOffset Start), PeriodFigures>();
        var merged = new Dictionary<(string, RollupSpan, DateTimeOffset, long), Rollup>(_store.Rollups);
        foreach (var rollup in history.UnsavedRollups())
        {
            merged[(rollup.JobId, rollup.Span, rollup.Start, rollup.FirstNo)] = rollup;
        }

        foreach (var rollup in merged.Values)
        {
            var key = (rollup.JobId, rollup.Span, rollup.Start);
            if (!actual.TryGetValue(key, out var sum))
            {
                actual.Add(key, sum = new PeriodFigures());
            }

            sum.Add(PeriodFigures.Of(rollup));
        }

        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (key, rows) in expected)
        {
            Assert.Equal(rows, RowFigures.Of(actual[key]));
        }
    }
}
