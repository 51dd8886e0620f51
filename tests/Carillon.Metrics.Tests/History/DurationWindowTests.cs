namespace Carillon.Metrics.Tests;

public sealed class DurationWindowTests
{
    [Fact]
    public void Window_empty_all_values_are_zero()
    {
        var window = new DurationWindow(1_000);

        Assert.Equal(default, window.Values);
        Assert.Equal(0, window.Percentile(0.99));
        Assert.Empty(window.OldestFirst());
    }

    [Fact]
    public void Window_with_one_duration_every_percentile_is_it()
    {
        var window = new DurationWindow(1_000);
        window.Add(42);

        Assert.Equal(new WindowValues(1, 42, 42, 42, 42, 42), window.Values);
    }

    [Theory]
    [InlineData(new long[] { 1, 100 }, 0.5, 50.5)]
    [InlineData(new long[] { 10, 20, 30, 40 }, 0.5, 25)]
    [InlineData(new long[] { 10, 20, 30, 40 }, 0.95, 38.5)]
    [InlineData(new long[] { 40, 10, 30, 20, 50 }, 0.25, 20)]
    [InlineData(new long[] { 7, 7, 7 }, 0.99, 7)]
    [InlineData(new long[] { 3, 1, 2 }, 0, 1)]
    [InlineData(new long[] { 3, 1, 2 }, 1, 3)]
    public void Percentile_is_interpolated_at_n_minus_one_times_p(long[] durations, double p, double expected)
    {
        var window = new DurationWindow(10);
        Array.ForEach(durations, window.Add);

        Assert.Equal(expected, window.Percentile(p), 9);
    }

    [Fact]
    public void Window_full_the_oldest_duration_leaves()
    {
        var window = new DurationWindow(3);
        foreach (var duration in new long[] { 50, 10, 30, 20, 40 })
        {
            window.Add(duration);
        }

        Assert.Equal([30, 20, 40], window.OldestFirst());
        Assert.Equal(20, window.Values.Min);
        Assert.Equal(40, window.Values.Max);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void Window_over_random_streams_equals_the_naive_computation(int capacity)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var window = new DurationWindow(capacity);
            var all = new List<long>();
            for (var i = 0; i < 3 * capacity; i++)
            {
                // Few distinct values now and then, so that equal durations are replaced by equal ones too.
                var duration = random.Next(2) == 0 ? random.Next(4) : random.NextInt64(1L << 40);
                all.Add(duration);
                window.Add(duration);
                if (i % 97 == 0 || i == (3 * capacity) - 1)
                {
                    AssertSame(all, window, capacity);
                }
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(20)]
    public void Window_made_from_what_another_has_seen_goes_on_like_it(int capacity)
    {
        var first = new DurationWindow(8);
        for (var i = 0; i < 13; i++)
        {
            first.Add((i * 7919) % 101);
        }

        var second = new DurationWindow(capacity, [.. first.OldestFirst()]);
        var seen = first.OldestFirst().ToList();
        for (var i = 0; i < 30; i++)
        {
            AssertSame(seen, second, capacity);
            seen.Add(i);
            second.Add(i);
        }
    }

    [Fact]
    public void Window_of_no_capacity_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurationWindow(0));
    }

    private static void AssertSame(List<long> all, DurationWindow window, int capacity)
    {
        var newest = all.TakeLast(capacity).ToArray();
        Assert.Equal(newest, window.OldestFirst());
        Assert.Equal(newest.Min(), window.Values.Min);
        Assert.Equal(newest.Max(), window.Values.Max);
        Assert.Equal(Naive(newest, 0.50), window.Values.P50);
        Assert.Equal(Naive(newest, 0.95), window.Values.P95);
        Assert.Equal(Naive(newest, 0.99), window.Values.P99);
    }

    private static double Naive(long[] values, double p)
    {
        var sorted = values.Order().ToArray();
        var k = (sorted.Length - 1) * p;
        var low = sorted[(int)Math.Floor(k)];
        var high = sorted[(int)Math.Ceiling(k)];
        return low + ((high - low) * (k - Math.Floor(k)));
    }
}
