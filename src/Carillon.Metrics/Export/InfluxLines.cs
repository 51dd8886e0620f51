using System.Globalization;
using System.Text;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// Writes readings in the line protocol of InfluxDB: one point for each job, each queue and the node. Counts are totals
/// that go on over restarts and from owner to owner, so the points of a job carry no node; the same point written twice
/// is one point.
/// </summary>
/// <remarks>Source: https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/.</remarks>
internal sealed class InfluxLines(string prefix)
{
    /// <summary>The lines of a reading.</summary>
    public IEnumerable<string> Of(ExportReading reading)
    {
        var nanoseconds = Instant.ToMicroseconds(reading.At) * 1_000;
        foreach (var job in reading.Shards.SelectMany(static part => part.Jobs))
        {
            yield return Point(
                "job",
                [("category", job.Category), ("job_id", job.JobId), ("job_name", job.JobName), ("owner", job.Owner)],
                Fields(job),
                nanoseconds);
        }

        foreach (var queue in reading.Queues)
        {
            yield return Point(
                "queue",
                [("node", reading.Node), ("queue", queue.Name)],
                [("length", Whole(queue.Length)), ("oldest_seconds", Real(queue.Oldest.TotalSeconds))],
                nanoseconds);
        }

        yield return Point("node", [("node", reading.Node)], Fields(reading), nanoseconds);
    }

    private static IEnumerable<(string Key, string? Value)> Fields(JobStatistics job)
    {
        foreach (var counter in ExportedCounter.All)
        {
            var name = counter.Outcome is { } outcome ? $"{counter.Name}_{outcome}" : counter.Name;
            yield return (name, Whole(counter.Value(job.Counts)));
        }

        yield return ("running", Whole(job.Counts.Running));
        yield return ("open", Whole(job.Counts.Open));
        if (job.Window.Count > 0)
        {
            yield return ("duration_p50_ms", Real(job.Window.P50 / 1_000));
            yield return ("duration_p95_ms", Real(job.Window.P95 / 1_000));
            yield return ("duration_p99_ms", Real(job.Window.P99 / 1_000));
            yield return ("duration_min_ms", Real(job.Window.Min / 1_000.0));
            yield return ("duration_max_ms", Real(job.Window.Max / 1_000.0));
        }
    }

    private static IEnumerable<(string Key, string? Value)> Fields(ExportReading reading)
    {
        return
        [
            ("workers_active", Whole(reading.ActiveSlots)),
            ("workers_idle", Whole(reading.IdleSlots)),
            ("clock_skew_seconds", Real(reading.ClockSkew.TotalSeconds)),
            ("cpu_seconds", Real(reading.ProcessorTime.TotalSeconds)),
            ("memory_bytes", Whole(reading.MemoryBytes)),
        ];
    }

    /// <summary>A point; tags come sorted by key, which the server likes best, and empty ones are not allowed.</summary>
    private string Point(
        string measurement, IEnumerable<(string Key, string? Value)> tags, IEnumerable<(string Key, string? Value)> fields, long nanoseconds)
    {
        var line = new StringBuilder(Escaped($"{prefix}_{measurement}", ", "));
        foreach (var (key, value) in tags)
        {
            if (!string.IsNullOrEmpty(value))
            {
                line.Append(',').Append(key).Append('=').Append(Escaped(value, ",= "));
            }
        }

        var shown = fields.Where(static field => field.Value is not null).Select(static field => $"{field.Key}={field.Value}");
        return line.Append(' ').AppendJoin(',', shown).Append(CultureInfo.InvariantCulture, $" {nanoseconds}").ToString();
    }

    private static string Whole(long value)
    {
        return value.ToString(CultureInfo.InvariantCulture) + "i";
    }

    private static string? Real(double value)
    {
        return double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : null;
    }

    /// <summary>
    /// A backslash has no escape of its own in names and tags, and would escape what follows it; it is replaced, as is
    /// what would end the line.
    /// </summary>
    private static string Escaped(string text, string special)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (special.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(c == '\\' || char.IsControl(c) ? '_' : c);
        }

        return escaped.ToString();
    }
}
