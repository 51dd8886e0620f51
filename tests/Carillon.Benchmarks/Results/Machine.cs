using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Carillon.Benchmarks.Results;

/// <summary>The facts about a machine that a reader of figures needs, and none that name it.</summary>
internal static class Machine
{
    private static readonly TimeSpan DiskTime = TimeSpan.FromSeconds(1);

    public static Dictionary<string, string> Describe()
    {
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["processor"] = $"{Environment.ProcessorCount} × {Fact("/proc/cpuinfo", "model name")}",
            ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{double.Parse(Fact("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / (1 << 20):0} GiB, read at random in {new MemoryWalk().NanosecondsPerAccess():0} ns"),
            ["system"] = RuntimeInformation.OSDescription,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["disk"] = string.Create(CultureInfo.InvariantCulture, $"8 KiB written and flushed in {MicrosecondsPerFlush(DiskTime):0} µs"),
        };
    }

    /// <summary>How long the disk takes for 8 KiB, tried again and again for <paramref name="length"/>.</summary>
    public static double MicrosecondsPerFlush(TimeSpan length)
    {
        var path = Path.GetTempFileName();
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
            var page = new byte[8192];
            var watch = Stopwatch.StartNew();
            var flushes = 0;
            while (watch.Elapsed < length)
            {
                RandomAccess.Write(file, page, 0);
                RandomAccess.FlushToDisk(file);
                flushes++;
            }

            return watch.Elapsed.TotalMicroseconds / flushes;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Fact(string file, string name)
    {
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? "unknown" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
