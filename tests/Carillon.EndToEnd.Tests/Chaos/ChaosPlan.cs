using System.Diagnostics;
using System.Globalization;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>What is to happen, in which order, and for how long.</summary>
/// <param name="Seed">Decides the order, whom it strikes, and how.</param>
/// <param name="Length">How long faults follow each other; null for each of a few, once.</param>
/// <param name="Tell">Takes a line for whoever watches.</param>
internal sealed record ChaosPlan(int Seed, TimeSpan? Length, Action<string> Tell)
{
    public const string SeedVariable = "CARILLON_CHAOS_SEED";
    public const string MinutesVariable = "CARILLON_CHAOS_MINUTES";

    private static readonly FaultKind[] Few =
        [FaultKind.Kill, FaultKind.StandStill, FaultKind.DatabaseRestart, FaultKind.DatabaseCut, FaultKind.Leave, FaultKind.Upgrade];

    /// <summary>The lease of the nodes: the shortest that is allowed where time is short.</summary>
    public TimeSpan Lease => Length is null ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(6);

    /// <summary>How long nothing happens between two faults.</summary>
    public TimeSpan Calm => Length is null ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(5);

    /// <summary>Whether the database has a synchronous standby.</summary>
    public bool HasStandby => Length is not null;

    /// <summary>The configuration of the nodes.</summary>
    public string Hocon => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        carillon.cluster { lease = {{Lease.TotalSeconds}}s, heartbeat = {{Lease.TotalMilliseconds / 6}}ms }
        carillon.workers { slots = 64, drain-timeout = 10s, queues { {{ChaosLoad.Narrow}} { slots = 2 } } }

        """);

    /// <summary>Reads both variables. Without a seed the few faults come in the same order each time, all of them in another.</summary>
    public static ChaosPlan FromEnvironment(Action<string> tell)
    {
        var length = Number(MinutesVariable) is { } minutes ? TimeSpan.FromMinutes(minutes) : (TimeSpan?)null;
        var other = length is null ? 1 : Environment.TickCount & 0xFFFF;
        return new ChaosPlan(Number(SeedVariable) is { } seed ? (int)seed : other, length, tell);
    }

    /// <summary>All kinds of faults in a random order, and again in another one, until the time is over.</summary>
    public IEnumerable<FaultKind> Faults()
    {
        var random = new Random(Seed);
        if (Length is not { } length)
        {
            return Shuffled(random, Few);
        }

        return Endless(random, Enum.GetValues<FaultKind>(), length);
    }

    private static IEnumerable<FaultKind> Endless(Random random, FaultKind[] kinds, TimeSpan length)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            foreach (var kind in Shuffled(random, kinds))
            {
                if (Stopwatch.GetElapsedTime(began) > length)
                {
                    yield break;
                }

                yield return kind;
            }
        }
    }

    private static FaultKind[] Shuffled(Random random, FaultKind[] kinds)
    {
        FaultKind[] shuffled = [.. kinds];
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static double? Number(string variable)
    {
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
