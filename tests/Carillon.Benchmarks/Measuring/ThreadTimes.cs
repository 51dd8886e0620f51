using System.Globalization;
using Carillon.Benchmarks.Results;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Processor seconds of a process by what its threads are for, which their names tell.</summary>
internal static class ThreadTimes
{
    /// <summary>The longest name first that a thread's name begins with; the system keeps 15 characters of it.</summary>
    private static readonly (string Begins, string Measure)[] Kinds =
    [
        ("carillon-timers", Measures.OfTimers),
        ("carillon-pg-wri", Measures.OfWriter),
        ("carillon-heartb", Measures.OfHeartbeat),
        ("carillon-", Measures.OfActors),
        (".NET TP", Measures.OfPool),
        (".NET", Measures.OfRuntime),
        (string.Empty, Measures.OfOthers),
    ];

    /// <summary>The time so far of every kind.</summary>
    public static Dictionary<string, double> Of(int process)
    {
        var seconds = Kinds.ToDictionary(static kind => kind.Measure, static _ => 0.0, StringComparer.Ordinal);
        foreach (var thread in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task")))
        {
            try
            {
                var name = File.ReadAllText(Path.Combine(thread, "comm"));
                var kind = Array.Find(Kinds, kind => name.StartsWith(kind.Begins, StringComparison.Ordinal));
                seconds[kind.Measure] += Processors.OfStat(Path.Combine(thread, "stat"));
            }
            catch (IOException)
            {
                // it has ended
            }
        }

        return seconds;
    }
}
