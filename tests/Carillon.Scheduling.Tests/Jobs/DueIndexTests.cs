using System.Globalization;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class DueIndexTests
{
    private readonly DueIndex _index = new();

    [Fact]
    public void Due_jobs_are_taken_in_the_order_of_their_wishes()
    {
        _index.Set("late", Sample.At(30));
        _index.Set("early", Sample.At(10));
        _index.Set("future", Sample.At(31));

        Assert.Equal(Sample.At(10), _index.Earliest);
        Assert.Equal(["early", "late"], TakeAll(now: 30));
        Assert.Equal(Sample.At(31), _index.Earliest);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void New_wish_replaces_the_old_one(double wish)
    {
        _index.Set("a", Sample.At(10));
        _index.Set("a", Sample.At(wish));

        Assert.Equal(Sample.At(wish), _index.Earliest);
        Assert.Equal(["a"], TakeAll(now: 60));
    }

    [Fact]
    public void Wish_that_comes_back_to_an_earlier_one_is_taken_once()
    {
        _index.Set("a", Sample.At(10));
        _index.Set("a", Sample.At(20));
        _index.Set("a", Sample.At(10));

        Assert.Equal(["a"], TakeAll(now: 60));
    }

    [Fact]
    public void Removed_wish_is_not_taken()
    {
        _index.Set("a", Sample.At(10));
        _index.Set("a", null);

        Assert.Null(_index.Earliest);
        Assert.Empty(TakeAll(now: 60));
    }

    [Fact]
    public void Taken_job_may_wish_for_the_same_instant_again()
    {
        _index.Set("a", Sample.At(10));
        TakeAll(now: 10);
        _index.Set("a", Sample.At(10));

        Assert.Equal(["a"], TakeAll(now: 10));
    }

    [Fact]
    public void Index_agrees_with_a_plain_table_whatever_is_wished()
    {
        var random = new Random(20261122);
        var table = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        for (var step = 0; step < 20_000; step++)
        {
            var job = random.Next(10).ToString(CultureInfo.InvariantCulture);
            var at = Sample.At(random.Next(20));
            switch (random.Next(3))
            {
                case 0:
                    _index.Set(job, null);
                    table.Remove(job);
                    break;
                case 1:
                    _index.Set(job, at);
                    table[job] = at;
                    break;
                default:
                    var taken = _index.TakeDue(at);
                    Assert.Equal(Earliest(table.Values.Where(w => w <= at)), taken is null ? null : table[taken]);
                    table.Remove(taken ?? string.Empty);
                    break;
            }

            Assert.Equal(Earliest(table.Values), _index.Earliest);
        }
    }

    private static DateTimeOffset? Earliest(IEnumerable<DateTimeOffset> wishes)
    {
        return wishes.Select(w => (DateTimeOffset?)w).Min();
    }

    private List<string> TakeAll(double now)
    {
        var taken = new List<string>();
        while (_index.TakeDue(Sample.At(now)) is { } job)
        {
            taken.Add(job);
        }

        return taken;
    }
}
