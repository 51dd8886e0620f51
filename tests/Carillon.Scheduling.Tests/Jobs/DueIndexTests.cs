using System.Globalization;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class DueIndexTests
{
    private readonly DueIndex _index = new();
    private readonly Dictionary<string, ScheduledJob> _jobs = new(StringComparer.Ordinal);

    [Fact]
    public void Due_jobs_are_taken_in_the_order_of_their_wishes()
    {
        Set("late", Sample.At(30));
        Set("early", Sample.At(10));
        Set("future", Sample.At(31));

        Assert.Equal(Sample.At(10), _index.Earliest);
        Assert.Equal(["early", "late"], TakeAll(now: 30));
        Assert.Equal(Sample.At(31), _index.Earliest);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void New_wish_replaces_the_old_one(double wish)
    {
        Set("a", Sample.At(10));
        Set("a", Sample.At(wish));

        Assert.Equal(Sample.At(wish), _index.Earliest);
        Assert.Equal(["a"], TakeAll(now: 60));
    }

    [Fact]
    public void Wish_that_comes_back_to_an_earlier_one_is_taken_once()
    {
        Set("a", Sample.At(10));
        Set("a", Sample.At(20));
        Set("a", Sample.At(10));

        Assert.Equal(["a"], TakeAll(now: 60));
    }

    [Fact]
    public void Removed_wish_is_not_taken()
    {
        Set("a", Sample.At(10));
        Set("a", null);

        Assert.Null(_index.Earliest);
        Assert.Empty(TakeAll(now: 60));
    }

    [Fact]
    public void Taken_job_may_wish_for_the_same_instant_again()
    {
        Set("a", Sample.At(10));
        TakeAll(now: 10);
        Set("a", Sample.At(10));

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
                    Set(job, null);
                    table.Remove(job);
                    break;
                case 1:
                    Set(job, at);
                    table[job] = at;
                    break;
                default:
                    var taken = _index.TakeDue(at);
                    Assert.Equal(Earliest(table.Values.Where(w => w <= at)), taken is null ? null : table[taken.Job.Id]);
                    table.Remove(taken?.Job.Id ?? string.Empty);
                    break;
            }

            Assert.Equal(Earliest(table.Values), _index.Earliest);
        }
    }

    [Fact]
    public void Wishes_that_come_and_go_before_a_far_one_take_no_memory()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Set("a", Sample.At(1_000_000));
            Set("b", Sample.At(2_000_000 + i));
            Set("a", Sample.At(1_000_600));
        }

        Assert.InRange(_index.Count, 2, 100);
        Assert.Equal(["a"], TakeAll(now: 1_000_600));
        Assert.Equal(["b"], TakeAll(now: 3_000_000));
    }

    private static DateTimeOffset? Earliest(IEnumerable<DateTimeOffset> wishes)
    {
        return wishes.Select(w => (DateTimeOffset?)w).Min();
    }

    private void Set(string id, DateTimeOffset? at)
    {
        if (!_jobs.TryGetValue(id, out var job))
        {
            _jobs.Add(id, job = new ScheduledJob(Sample.EveryTenSeconds(job => job with { Id = id }), memory: null));
        }

        _index.Set(job, at);
    }

    private List<string> TakeAll(double now)
    {
        var taken = new List<string>();
        while (_index.TakeDue(Sample.At(now)) is { } job)
        {
            taken.Add(job.Job.Id);
        }

        return taken;
    }
}
