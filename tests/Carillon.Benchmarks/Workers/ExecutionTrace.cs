using System.Globalization;
using System.Text;

namespace Carillon.Benchmarks.Workers;

/// <summary>
/// What the code of jobs saw itself on one node: a line for each start, and for each end of a slow job, with the system
/// before the code goes on. So it outlives a killed process and owes nothing to what a scheduler records.
/// </summary>
internal sealed class ExecutionTrace : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private int _runs;

    /// <summary>Makes the file of a node.</summary>
    public ExecutionTrace(string directory, int node)
    {
        var path = PathOf(directory, node);
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Notes a start.</summary>
    /// <returns>The number of the run, for its end.</returns>
    public int Start(string job, DateTimeOffset scheduledAt, int attempt)
    {
        var run = Interlocked.Increment(ref _runs);
        Write($"{run} {job} {scheduledAt.UtcTicks} {attempt} {DateTimeOffset.UtcNow.UtcTicks}\n");
        return run;
    }

    /// <summary>Notes an end.</summary>
    public void End(int run)
    {
        Write($"{run} {DateTimeOffset.UtcNow.UtcTicks}\n");
    }

    /// <summary>Reads what the nodes of a cluster have noted, whole lines only.</summary>
    public static async Task<IReadOnlyCollection<TracedRun>> ReadAsync(string directory, int nodes)
    {
        var runs = new Dictionary<(int Node, string Run), TracedRun>();
        for (var node = 0; node < nodes; node++)
        {
            var text = await File.ReadAllTextAsync(PathOf(directory, node));
            foreach (var line in text.Split('\n')[..^1])
            {
                var words = line.Split(' ');
                var key = (node, words[0]);
                runs[key] = words.Length == 2
                    ? runs[key] with { EndedAt = Time(words[1]) }
                    : new TracedRun(node, words[1], Time(words[2]), int.Parse(words[3], CultureInfo.InvariantCulture), Time(words[4]));
            }
        }

        return runs.Values;
    }

    public void Dispose()
    {
        _file.Dispose();
    }

    private void Write(FormattableString line)
    {
        var bytes = Encoding.UTF8.GetBytes(FormattableString.Invariant(line));
        lock (_gate)
        {
            _file.Write(bytes);
        }
    }

    private static string PathOf(string directory, int node)
    {
        return Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"node-{node}.txt"));
    }

    private static DateTimeOffset Time(string ticks)
    {
        return new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);
    }
}
