namespace Carillon.Metrics.Tests;

/// <summary>Durations as jobs have them, in microseconds.</summary>
internal static class DurationShapes
{
    private const double Second = 1_000_000;

    private static readonly Dictionary<string, Func<Random, double>> Shapes = new(StringComparer.Ordinal)
    {
        ["constant"] = static _ => 0.25 * Second,
        ["bimodal"] = static random => (random.NextDouble() < 0.8 ? 0.002 : 45) * Second * (1 + (random.NextDouble() / 10)),
        ["exponential"] = static random => -Math.Log(1 - random.NextDouble()) * 0.4 * Second,
        ["pareto"] = static random => 0.01 * Second / Math.Pow(1 - random.NextDouble(), 1 / 1.2),
        ["microseconds"] = static random => random.Next(1, 1_000),
        ["hours"] = static random => (1 + (random.NextDouble() * 100)) * 3_600 * Second,
    };

    public static IEnumerable<string> Names => Shapes.Keys;

    public static long[] Take(string shape, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Min((long)Shapes[shape](random), DurationSketch.MaxMicroseconds))];
    }
}
