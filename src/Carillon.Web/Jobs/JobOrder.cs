using Carillon.Model;

namespace Carillon.Web;

/// <summary>What the job list can be sorted by. Ids break ties, so that the order is total.</summary>
internal sealed class JobOrder
{
    private static readonly Dictionary<string, Func<JobRow, SortKey>> Keys = new(StringComparer.Ordinal)
    {
        ["id"] = static row => SortKey.Of(row.Job.Id),
        ["name"] = static row => SortKey.Of(row.Job.Definition.DisplayName),
        ["owner"] = static row => SortKey.Of(row.Job.Definition.Owner),
        ["category"] = static row => SortKey.Of(row.Job.Definition.Category),
        ["queue"] = static row => SortKey.Of(row.Job.Definition.Queue),
        ["status"] = static row => SortKey.Of(EnumWords<JobStatus>.Of(row.Status)),
        ["priority"] = static row => SortKey.Of(row.Job.Definition.Priority),
        ["created_at"] = static row => SortKey.Of(row.Job.CreatedAt.UtcTicks),
        ["next_run_at"] = static row => SortKey.Of(row.Statistics.NextRunAt?.UtcTicks),
        ["last_timestamp"] = static row => SortKey.Of(row.Statistics.LastFinishedAt?.UtcTicks),
        ["running"] = static row => SortKey.Of(row.Statistics.Counts.Running),
        ["total_runs"] = static row => SortKey.Of(row.Statistics.Counts.Outcomes.TotalRuns),
        ["success_count"] = static row => SortKey.Of(row.Statistics.Counts.Outcomes.Succeeded),
        ["failure_count"] = static row => SortKey.Of(row.Statistics.Counts.Outcomes.Failure),
        ["consecutive_failures"] = static row => SortKey.Of(row.Statistics.ConsecutiveFailures),
        ["success_rate"] = static row => SortKey.Of((decimal?)row.Statistics.Counts.Outcomes.SuccessRate),
        ["avg_duration_ms"] = static row => Duration(row, row.Statistics.Counts.AverageMicroseconds),
        ["p50_duration_ms"] = static row => Duration(row, row.Statistics.Window.P50),
        ["p95_duration_ms"] = static row => Duration(row, row.Statistics.Window.P95),
        ["p99_duration_ms"] = static row => Duration(row, row.Statistics.Window.P99),
        ["last_duration_ms"] = static row => SortKey.Of(row.Statistics.LastDurationMicroseconds),
    };

    private readonly Func<JobRow, SortKey> _key;

    private JobOrder(string text, Func<JobRow, SortKey> key, bool descending)
    {
        Text = text;
        _key = key;
        IsDescending = descending;
    }

    /// <summary>Every name it can be sorted by.</summary>
    public static IReadOnlyCollection<string> Names => Keys.Keys;

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether the largest come first.</summary>
    public bool IsDescending { get; }

    /// <summary>Reads an order: a name, with a minus before it for the largest first.</summary>
    /// <exception cref="RequestException">400.</exception>
    public static JobOrder Parse(string? text)
    {
        var written = text ?? "id";
        var descending = written.StartsWith('-');
        var name = descending ? written[1..] : written;
        return Keys.TryGetValue(name, out var key)
            ? new JobOrder(written, key, descending)
            : throw QueryFields.Refused(
                "sort",
                written,
                $"the nearest is '{NearestWord.Of(name, Names)}'; all are {string.Join(", ", Names)}, "
                + "with '-' before them for the largest first");
    }

    /// <summary>What a row is sorted by.</summary>
    public SortKey KeyOf(JobRow row)
    {
        return _key(row);
    }

    /// <summary>The order of two places in the list.</summary>
    public int Compare((SortKey Key, string Id) left, (SortKey Key, string Id) right)
    {
        var order = SortKey.Compare(left.Key, right.Key, IsDescending);
        return order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
    }

    private static SortKey Duration(JobRow row, double microseconds)
    {
        return SortKey.Of(row.Statistics.Counts.Durations == 0 ? null : (decimal)microseconds);
    }
}
