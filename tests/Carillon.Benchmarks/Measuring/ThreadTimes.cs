using System.Globalization;
using Carillon.Benchmarks.Results;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Processor seconds of a process by what its threads are for, which their names tell.</summary>
internal static class ThreadTimes
{
    private const double TicksPerSecond = 100; // USER_HZ
    private const int Utime = 11;
    private const int Stime = 12;

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
            if (TryRead(Path.Combine(thread, "stat")) is { } text)
            {
                var name = text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..text.LastIndexOf(')')];
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                var kind = Array.Find(Kinds, kind => name.StartsWith(kind.Begins, StringComparison.Ordinal));
                seconds[kind.Measure] += (Number(fields[Utime]) + Number(fields[Stime])) / TicksPerSecond;
            }
        }

        return seconds;
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }

    private static double Number(string text)
    {
        return double.Parse(text, CultureInfo.InvariantCulture);
    }
}
