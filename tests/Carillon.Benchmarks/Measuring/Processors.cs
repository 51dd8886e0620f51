using System.Globalization;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Processor time as Linux counts it, in seconds since the machine or the process started.</summary>
internal static class Processors
{
    private const double TicksPerSecond = 100; // USER_HZ, fixed for everything under /proc

    // Of "cpu user nice system idle iowait irq softirq steal"; a machine that is stolen from is busy, too.
    private static readonly int[] BusyFields = [1, 2, 3, 6, 7, 8];

    /// <summary>All processors' time in which something ran.</summary>
    public static double Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return BusyFields.Sum(field => Number(fields[field])) / TicksPerSecond;
    }

    /// <summary>The time of one process.</summary>
    public static double Of(int process)
    {
        return OfStat(StatOf(process));
    }

    /// <summary>The time of one process or thread, by its file under /proc.</summary>
    public static double OfStat(string path)
    {
        var fields = Fields(path);
        return (Number(fields[Utime]) + Number(fields[Stime])) / TicksPerSecond;
    }

    /// <summary>The time of a process and all its children, those that have ended included.</summary>
    public static double OfTree(int process)
    {
        var own = Fields(StatOf(process));
        var ended = (Number(own[Cutime]) + Number(own[Cstime])) / TicksPerSecond;
        return Of(process) + ended + Children(process).Sum(OfOrZero);
    }

    /// <summary>The resident memory of a process, in MiB.</summary>
    public static double ResidentMebibytes(int process)
    {
        return Number(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1]) * Environment.SystemPageSize / (1 << 20);
    }

    // Of a stat file, counted behind the name, which may hold spaces.
    private const int ParentId = 1;
    private const int Utime = 11;
    private const int Stime = 12;
    private const int Cutime = 13;
    private const int Cstime = 14;

    private static IEnumerable<int> Children(int process)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(id) == process)
            {
                yield return id;
            }
        }
    }

    private static int ParentOf(int process)
    {
        try
        {
            return (int)Number(Fields(StatOf(process))[ParentId]);
        }
        catch (IOException)
        {
            return 0; // it has ended
        }
    }

    private static double OfOrZero(int process)
    {
        try
        {
            return Of(process);
        }
        catch (IOException)
        {
            return 0; // it has ended, and is counted with its parent from now on
        }
    }

    private static string StatOf(int process)
    {
        return $"/proc/{process}/stat";
    }

    private static string[] Fields(string path)
    {
        var text = File.ReadAllText(path);
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static double Number(string text)
    {
        return double.Parse(text, CultureInfo.InvariantCulture);
    }
}
