namespace Carillon.Metrics.Tests;

public sealed class DurationSketchTests
{
    private const long Day = 86_400_000_000;
    private static readonly double[] Quantiles = [0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

    public static TheoryData<string> Shapes => [.. DurationShapes.Names];

    [Fact]
    public void Sketch_empty_everything_is_zero()
    {
        var sketch = new DurationSketch();

        Assert.Equal(
            (0L, 0L, 0L, 0L, 0d, 0d),
            (sketch.Count, sketch.Sum, sketch.Min, sketch.Max, sketch.Average, sketch.Quantile(0.99)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Quantile_of_twenty_thousand_durations_is_within_one_percent_of_the_order_statistic(string shape)
    {
        var durations = DurationShapes.Take(shape, 20_000, seed: 7);
        var sketch = SketchOf(durations);
        Array.Sort(durations);

        foreach (var q in Quantiles)
        {
            var exact = durations[(int)Math.Floor(q * (durations.Length - 1))];
            Assert.InRange(sketch.Quantile(q), exact * 0.99, exact * 1.01);
        }

        Assert.Equal(durations.Length, sketch.Count);
        Assert.Equal(durations.Sum(), sketch.Sum);
        Assert.Equal((durations[0], durations[^1]), (sketch.Min, sketch.Max));
    }

    [Fact]
    public void Quantile_of_a_single_duration_is_the_duration()
    {
        foreach (var duration in NearBucketEdges())
        {
            Assert.Equal(duration, SketchOf([duration]).Quantile(0.5));
        }
    }

    [Fact]
    public void Quantile_of_a_duration_among_extremes_is_within_one_percent_of_it()
    {
        foreach (var duration in NearBucketEdges())
        {
            Assert.InRange(SketchOf([0, duration, DurationSketch.MaxMicroseconds]).Quantile(0.5), duration * 0.99, duration * 1.01);
        }
    }

    [Fact]
    public void Merge_in_any_order_and_grouping_gives_the_sketch_of_the_union()
    {
        var random = new Random(11);
        var durations = DurationShapes.Names.SelectMany(shape => DurationShapes.Take(shape, 500, seed: 3)).ToArray();
        var whole = Bytes(SketchOf(durations));

        for (var round = 0; round < 20; round++)
        {
            random.Shuffle(durations);
            var parts = durations.Chunk(random.Next(1, 700)).Select(SketchOf).ToList();
            while (parts.Count > 1)
            {
                var into = random.Next(parts.Count);
                var from = (into + 1 + random.Next(parts.Count - 1)) % parts.Count;
                parts[into].Add(parts[from]);
                parts.RemoveAt(from);
            }

            Assert.Equal(whole, Bytes(parts[0]));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Saved_sketch_is_restored_whole_and_is_small(string shape)
    {
        var sketch = SketchOf(DurationShapes.Take(shape, 20_000, seed: 5));

        var bytes = Bytes(sketch);

        var restored = DurationSketch.Restore("job", bytes);
        Assert.Equal(bytes, Bytes(restored));
        Assert.Equal(sketch.Quantile(0.95), restored.Quantile(0.95));
        Assert.InRange(bytes.Length, 1, 6_800);
    }

    [Fact]
    public void Saved_sketch_with_every_bucket_in_use_takes_less_than_seven_kilobytes()
    {
        var sketch = SketchOf([.. NearBucketEdges()]);

        // Some tens of billions in each bucket, which is near 2^35.
        for (var doubling = 0; doubling < 33; doubling++)
        {
            sketch.Add(DurationSketch.Restore("job", Bytes(sketch)));
        }

        Assert.InRange(Bytes(sketch).Length, 1, 6_800);
    }

    [Fact]
    public void Durations_outside_of_the_range_count_as_its_ends_and_keep_the_sum_exact()
    {
        var sketch = SketchOf([0, 0, 10 * Day]);

        Assert.Equal((3L, 10 * Day, 2L, 1L), (sketch.Count, sketch.Sum, sketch.Zeros, sketch.Clamped));
        Assert.Equal(0, sketch.Quantile(0.5));
        Assert.InRange(sketch.Quantile(1), 7 * Day * 0.99, 7 * Day * 1.01);
        Assert.Equal(10 * Day, sketch.Max);
    }

    [Fact]
    public void Negative_duration_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DurationSketch().Add(-1));
    }

    [Fact]
    public void Counts_between_bounds_are_those_of_the_durations_away_from_the_bounds()
    {
        var sketch = SketchOf([0, 500, 900, 2_000, 60_000, 2 * Day]);

        Assert.Equal([3L, 1, 1, 1], [.. sketch.CountsBetween([1_000, 5_000, 1_000_000])]);
    }

    /// <summary>The edges of all buckets from 1 µs to 7 days, with their neighbours.</summary>
    private static IEnumerable<long> NearBucketEdges()
    {
        for (var index = -690; index <= 666; index++)
        {
            var edge = (long)(Math.Pow(101.0 / 99, index) * 1_000_000);
            for (var near = Math.Max(1, edge - 1); near <= Math.Min(edge + 1, DurationSketch.MaxMicroseconds); near++)
            {
                yield return near;
            }
        }
    }

    private static DurationSketch SketchOf(long[] durations)
    {
        var sketch = new DurationSketch();
        Array.ForEach(durations, sketch.Add);
        return sketch;
    }

    private static byte[] Bytes(DurationSketch sketch)
    {
        return sketch.Save().ToArray();
    }
}
