using System.Globalization;
using System.Text;

namespace Carillon.Metrics;

/// <summary>
/// Writes readings as StatsD lines. Counters are what was added since the reading before; gauges are absolute, and those
/// of a job are sent when anything of it has changed. Durations are aggregates, the percentiles of the window as gauges
/// in milliseconds and the sum as a counter, because one sample for each attempt would grow with the load.
/// </summary>
/// <remarks>
/// Sources: https://github.com/statsd/statsd/blob/master/docs/metric_types.md and
/// https://docs.datadoghq.com/developers/dogstatsd/datagram_shell.
/// </remarks>
internal sealed class StatsdLines
{
    private readonly StatsdFormat _format;
    private readonly string _prefix;
    private readonly (string Key, string Value)[] _tags;
    private readonly CounterGrowth _growth = new();

    /// <summary>Makes a writer.</summary>
    /// <param name="format">The dialect.</param>
    /// <param name="prefix">What every name begins with.</param>
    /// <param name="tags">What every line of DogStatsD is tagged with beside its own tags.</param>
    public StatsdLines(StatsdFormat format, string prefix, IEnumerable<KeyValuePair<string, string>> tags)
    {
        _format = format;
        _prefix = Name(prefix, keepDots: true);
        _tags = [.. tags.Select(static tag => (tag.Key, tag.Value))];
    }

    /// <summary>The lines of a reading. A line that must stay with the one before it is part of it.</summary>
    public IEnumerable<string> Of(ExportReading reading)
    {
        foreach (var (job, counters) in _growth.Take(reading.Shards))
        {
            (string Key, string Value)[] tags =
            [
                ("job_id", job.JobId), ("job_name", job.JobName), ("owner", JobLabels.OrUnknown(job.Owner)),
                ("category", JobLabels.OrUnknown(job.Category)),
            ];
            foreach (var line in Counters("job", job.JobId, tags, counters).Concat(Gauges("job", job.JobId, tags, Gauges(job))))
            {
                yield return line;
            }
        }

        var node = ("node", reading.Node);
        foreach (var queue in reading.Queues)
        {
            (string Key, string Value)[] tags = [("queue", queue.Name), node];
            foreach (var line in Gauges("queue", queue.Name, tags, [("length", queue.Length), ("oldest_seconds", queue.Oldest.TotalSeconds)]))
            {
                yield return line;
            }
        }

        foreach (var line in Gauges("node", reading.Node, [node], Gauges(reading)))
        {
            yield return line;
        }
    }

    private static (string Name, double Value)[] Gauges(JobStatistics job)
    {
        var counts = job.Counts;
        (string Name, double Value)[] always = [("running", counts.Running), ("open", counts.Open)];
        var window = job.Window;
        return window.Count == 0 ? always :
        [
            .. always,
            ("duration_p50_ms", window.P50 / 1_000), ("duration_p95_ms", window.P95 / 1_000), ("duration_p99_ms", window.P99 / 1_000),
            ("duration_min_ms", window.Min / 1_000.0), ("duration_max_ms", window.Max / 1_000.0),
        ];
    }

    private static (string Name, double Value)[] Gauges(ExportReading reading)
    {
        return
        [
            ("workers_active", reading.ActiveSlots), ("workers_idle", reading.IdleSlots),
            ("clock_skew_seconds", reading.ClockSkew.TotalSeconds), ("cpu_seconds", reading.ProcessorTime.TotalSeconds),
            ("memory_bytes", reading.MemoryBytes),
        ];
    }

    private IEnumerable<string> Counters(string group, string key, (string Key, string Value)[] tags, IReadOnlyList<long> growth)
    {
        for (var i = 0; i < growth.Count; i++)
        {
            if (growth[i] > 0)
            {
                var counter = ExportedCounter.All[i];
                yield return Line(group, key, counter.Name, counter.Outcome, growth[i], "c", tags);
            }
        }
    }

    private IEnumerable<string> Gauges(string group, string key, (string Key, string Value)[] tags, (string Name, double Value)[] gauges)
    {
        foreach (var (name, value) in gauges)
        {
            var line = Line(group, key, name, null, value, "g", tags);

            // A sign makes a gauge of StatsD relative, so a negative one is counted down from zero.
            yield return value < 0 && _format == StatsdFormat.Statsd
                ? Line(group, key, name, null, 0, "g", tags) + "\n" + line
                : line;
        }
    }

    private string Line(
        string group, string key, string name, string? outcome, double value, string type, (string Key, string Value)[] tags)
    {
        var line = new StringBuilder();
        if (_format == StatsdFormat.Statsd)
        {
            line.Append(CultureInfo.InvariantCulture, $"{_prefix}.{group}.{Name(key)}.{name}");
            if (outcome is not null)
            {
                line.Append('.').Append(outcome);
            }

            return line.Append(CultureInfo.InvariantCulture, $":{Shown(value)}|{type}").ToString();
        }

        line.Append(CultureInfo.InvariantCulture, $"{_prefix}.{group}.{name}:{Shown(value)}|{type}|#");
        var all = tags.Concat(_tags);
        return line.AppendJoin(',', (outcome is null ? all : all.Append(("outcome", outcome))).Select(Tag)).ToString();
    }

    private static string Tag((string Key, string Value) tag)
    {
        return $"{Name(tag.Key)}:{Value(tag.Value)}";
    }

    /// <summary>Never in scientific notation, which StatsD does not read.</summary>
    private static string Shown(double value)
    {
        return value.ToString("0.######", CultureInfo.InvariantCulture);
    }

    /// <summary>ASCII letters, digits and underscores; a dot separates the parts of a name.</summary>
    private static string Name(string text, bool keepDots = false)
    {
        return string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' || (keepDots && c == '.') ? c : '_'));
    }

    private static string Value(string text)
    {
        return string.Concat(text.Select(static c => c is '|' or ':' or '#' or ',' or '@' || char.IsControl(c) ? '_' : c));
    }
}
