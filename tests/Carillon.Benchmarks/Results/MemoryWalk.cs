using System.Diagnostics;

namespace Carillon.Benchmarks.Results;

/// <summary>How fast the machine is at this moment, in what a database does most: reading memory that no cache near the processor holds.</summary>
internal sealed class MemoryWalk
{
    private const int Places = 8 << 20; // of 4 bytes each
    private const int Steps = 10_000;
    private const int Walks = 10;

    private readonly int[] _next = OneCycle();
    private int _place;

    /// <summary>The shortest of some walks, so that one that was interrupted does not count.</summary>
    public double NanosecondsPerAccess()
    {
        var shortest = TimeSpan.MaxValue;
        for (var walk = 0; walk < Walks; walk++)
        {
            var begin = Stopwatch.GetTimestamp();
            for (var step = 0; step < Steps; step++)
            {
                _place = _next[_place];
            }

            var took = Stopwatch.GetElapsedTime(begin);
            shortest = took < shortest ? took : shortest;
        }

        return shortest.TotalNanoseconds / Steps;
    }

    /// <summary>A random order in which every place leads to another one, and all are visited.</summary>
    private static int[] OneCycle()
    {
        var order = Enumerable.Range(0, Places).ToArray();
        new Random(1).Shuffle(order);
        var next = new int[Places];
        for (var n = 0; n < Places; n++)
        {
            next[order[n]] = order[(n + 1) % Places];
        }

        return next;
    }
}
