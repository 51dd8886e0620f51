namespace Carillon.Metrics;

/// <summary>
/// The buckets of a <see cref="DurationSketch"/>: DDSketch (Masson, Rim, Lee, VLDB 2019) with a relative error of 1 %.
/// Bucket <c>i</c> holds the durations in (γ^(i−1), γ^i] seconds, γ = 101/99; it answers 2γ^i ÷ (γ + 1).
/// </summary>
internal static class SketchMapping
{
    /// <summary>The bucket of 1 µs.</summary>
    public const int First = -690;

    /// <summary>The bucket of 7 days.</summary>
    public const int Last = 666;

    /// <summary>How many buckets there are.</summary>
    public const int Count = Last - First + 1;

    /// <summary>The longest duration told apart, in microseconds: 7 days.</summary>
    public const long MaxMicroseconds = 7L * 24 * 3_600 * 1_000_000;

    private const double Gamma = 101.0 / 99.0;
    private const double MicrosecondsPerSecond = 1_000_000;

    private static readonly double LogGamma = Math.Log(Gamma);
    private static readonly double[] Answers = [.. Enumerable.Range(First, Count).Select(Answer)];

    /// <summary>The bucket of a duration from 1 µs to 7 days.</summary>
    public static int IndexOf(long microseconds)
    {
        var index = (int)Math.Ceiling(Math.Log(microseconds / MicrosecondsPerSecond) / LogGamma);
        return Math.Clamp(index, First, Last);
    }

    /// <summary>What a bucket answers, in microseconds: at most 1 % from everything in it.</summary>
    public static double Microseconds(int index)
    {
        return Answers[index - First];
    }

    private static double Answer(int index)
    {
        return MicrosecondsPerSecond * 2 * Math.Pow(Gamma, index) / (Gamma + 1);
    }
}
