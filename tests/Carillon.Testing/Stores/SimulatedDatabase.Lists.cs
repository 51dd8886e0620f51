using System.Globalization;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Testing;

/// <content>The lists of executions.</content>
public sealed partial class SimulatedDatabase
{
    private const int CountLimit = 10_000;

    internal ExecutionPage List(ExecutionQuery query)
    {
        var matching = _attempts.Values
            .Where(row => row.Result is null or { Final: true } && Matches(row, query)).ToArray();
        var open = matching.Where(row => row.FinishedNo is null)
            .OrderByDescending(row => row.Key.ScheduledAt).ThenByDescending(
                row => row.Key.JobId, StringComparer.Ordinal);
        var finished = matching.Where(row => row.FinishedNo is not null)
            .OrderByDescending(row => row.FinishedAt).ThenByDescending(row => row.Shard).ThenByDescending(
                row => row.FinishedNo);
        var rows = open.Concat(finished).Where(After(query.Cursor)).ToArray();
        var page = rows.Take(query.Limit).ToArray();
        return new ExecutionPage(
            page.Select(ExecutionOf).ToArray(),
            rows.Length > page.Length ? CursorOf(page[^1]) : null,
            Math.Min(matching.Length, CountLimit),
            matching.Length <= CountLimit);
    }

    internal Execution? Find(Guid executionId)
    {
        var found = _attempts.Values.FirstOrDefault(row => row.Key.ExecutionId == executionId);
        return found is null ? null : ExecutionOf(found);
    }

    internal IReadOnlyList<AttemptOutput> OutputOf(Guid executionId)
    {
        return _attempts.Values
            .Where(row => row.Key.ExecutionId == executionId && row.Result?.Output is not null)
            .OrderBy(row => row.Key.Attempt)
            .Select(row => new AttemptOutput(row.Key.Attempt, row.Result!.Output!)).ToArray();
    }

    internal IEnumerable<Rollup> RollupsIn(RollupRange range)
    {
        var except = range.Except.Select(static row => (row.JobId, row.Start, row.FirstNo)).ToHashSet();
        return _rollups.Values.Where(row => range.Holds(row) && !except.Contains((row.JobId, row.Start, row.FirstNo)));
    }

    internal OccurrenceRecord FindOccurrence(string jobId, DateTimeOffset from, DateTimeOffset to)
    {
        var first = _attempts.Values
            .Where(row => string.Equals(row.Key.JobId, jobId, StringComparison.Ordinal)
                && row.Key.ScheduledAt >= from && row.Key.ScheduledAt < to)
            .MinBy(row => row.Key.ScheduledAt);
        var (_, no, run) = _runs.Values
            .Where(row => string.Equals(row.Run.JobId, jobId, StringComparison.Ordinal) && row.Run.From < to)
            .OrderBy(row => row.Run.From).LastOrDefault();
        return new OccurrenceRecord(
            first is null ? null : ExecutionOf(first), run?.To >= from ? new RecordedStretch(run, no) : null);
    }

    internal ErrorPage ListErrors(ErrorQuery query)
    {
        return ErrorsOf(_attempts.Values, query);
    }

    /// <summary>The errors of rows by kind, the most frequent first.</summary>
    public static ErrorPage ErrorsOf(IEnumerable<Attempt> rows, ErrorQuery query)
    {
        var errors = rows.Where(row => row.Result?.Error is not null
            && row.FinishedAt >= query.From && row.FinishedAt < query.Until
            && (query.JobId is null || string.Equals(row.Key.JobId, query.JobId, StringComparison.Ordinal))).ToArray();
        var groups = errors.GroupBy(row => ErrorFingerprint.Of(row.Result!.Error!))
            .Select(kind => new ErrorGroup(
                kind.Key,
                kind.Count(),
                kind.Min(row => row.FinishedAt!.Value),
                kind.Max(row => row.FinishedAt!.Value),
                [.. kind.CountBy(row => row.Key.JobId).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(10).Select(c => c.Key)],
                kind.DistinctBy(row => row.Key.JobId).Count(),
                kind.MaxBy(row => row.FinishedAt)!))
            .OrderByDescending(group => group.Count).ThenByDescending(group => group.LastSeen).ToArray();
        return new ErrorPage([.. groups.Take(query.Limit)], groups.Length, errors.Length, IsExact: true);
    }

    private Execution ExecutionOf(Attempt last)
    {
        var attempts = _attempts.Values
            .Where(row => row.Key with { Attempt = 1 } == last.Key with { Attempt = 1 })
            .OrderBy(row => row.Key.Attempt).ToArray();
        return new Execution(last.Key.JobId, last.Key.ScheduledAt, attempts, NamesOf(attempts));
    }

    private bool Matches(Attempt row, ExecutionQuery query)
    {
        return (query.JobId is null || string.Equals(row.Key.JobId, query.JobId, StringComparison.Ordinal))
            && (query.From is null || row.Key.ScheduledAt >= query.From)
            && (query.To is null || row.Key.ScheduledAt < query.To)
            && (query.Trigger is null || row.Trigger == query.Trigger)
            && (query.Node is null || RanOn(row, query.Node))
            && (query.Status is null || StatusOf(row) == query.Status);
    }

    private static ExecutionStatus? StatusOf(Attempt row)
    {
        return row.Result?.Outcome switch
        {
            null => row.StartedNo is null ? ExecutionStatus.Pending : ExecutionStatus.Running,
            Outcome.Succeeded => ExecutionStatus.Succeeded,
            Outcome.Failed => ExecutionStatus.Failed,
            Outcome.TimedOut => ExecutionStatus.TimedOut,
            Outcome.Cancelled => ExecutionStatus.Cancelled,
            Outcome.Lost => ExecutionStatus.Lost,
            _ => null,
        };
    }

    private static string CursorOf(Attempt row)
    {
        return row.FinishedNo is { } no
            ? string.Create(CultureInfo.InvariantCulture, $"f/{row.FinishedAt!.Value.UtcTicks}/{row.Shard}/{no}")
            : string.Create(CultureInfo.InvariantCulture, $"o/{row.Key.ScheduledAt.UtcTicks}/{row.Key.JobId}");
    }

    private static Func<Attempt, bool> After(string? cursor)
    {
        return cursor?.Split('/') switch
        {
            null => static _ => true,
            ["o", var ticks, var job] when long.TryParse(ticks, CultureInfo.InvariantCulture, out var scheduled)
                => row => row.FinishedNo is not null
                    || (row.Key.ScheduledAt.UtcTicks, string.CompareOrdinal(row.Key.JobId, job))
                        .CompareTo((scheduled, 0)) < 0,
            ["f", var ticks, var shard, var no] when long.TryParse(
                ticks, CultureInfo.InvariantCulture, out var finished)
                && int.TryParse(shard, CultureInfo.InvariantCulture, out var shardId)
                && long.TryParse(no, CultureInfo.InvariantCulture, out var number)
                => row => row.FinishedNo is { } own
                    && (row.FinishedAt!.Value.UtcTicks, row.Shard, own).CompareTo((finished, shardId, number)) < 0,
            _ => throw new InvalidCursorException(cursor!),
        };
    }
}
