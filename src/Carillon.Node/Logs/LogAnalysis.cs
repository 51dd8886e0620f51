using System.Text.RegularExpressions;

namespace Carillon.Node.Logs;

/// <summary>Sums up a log line by line, in a bounded amount of memory.</summary>
/// <param name="top">How many of the slowest attempts are told.</param>
internal sealed partial class LogAnalysis(int top)
{
    /// <summary>Jobs and kinds of errors that are told apart; what comes beyond them counts as <see cref="Other"/>.</summary>
    public const int MaxGroups = 10_000;

    /// <summary>What stands for all that is not told apart.</summary>
    public const string Other = "_other";

    private const int MaxLevels = 20;

    private readonly SortedDictionary<string, long> _levels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobLog> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Message), ErrorLog> _errors = [];
    private readonly PriorityQueue<SlowAttempt, double> _slowest = new();
    private long _lines;
    private long _unreadable;
    private DateTimeOffset? _from;
    private DateTimeOffset? _to;

    /// <summary>Takes a line.</summary>
    public void Take(ReadOnlyMemory<byte> line)
    {
        _lines++;
        if (LogRecord.Parse(line) is not { } record)
        {
            _unreadable++;
            return;
        }

        _from = _from < record.At ? _from : record.At;
        _to = _to > record.At ? _to : record.At;
        var level = _levels.ContainsKey(record.Level) || _levels.Count < MaxLevels ? record.Level : Other;
        _levels[level] = _levels.GetValueOrDefault(level) + 1;
        TakeJob(record);
        TakeError(record);
        TakeDuration(record);
    }

    /// <summary>What was found.</summary>
    public LogAnswer Answer()
    {
        return new LogAnswer(
            _lines,
            _unreadable,
            _from,
            _to,
            _levels,
            [.. _jobs.Values.OrderByDescending(static job => job.Lines).ThenBy(static job => job.Job, StringComparer.Ordinal)],
            [.. _errors.Values.OrderByDescending(static error => error.Count).ThenBy(static error => error.Type, StringComparer.Ordinal)],
            [.. _slowest.UnorderedItems.Select(static item => item.Element).OrderByDescending(static slow => slow.DurationMs)]);
    }

    private void TakeJob(LogRecord record)
    {
        if (record.Job is null)
        {
            return;
        }

        var name = _jobs.ContainsKey(record.Job) || _jobs.Count < MaxGroups ? record.Job : Other;
        var job = _jobs.GetValueOrDefault(name) ?? new JobLog(name, 0, 0, 0, 0);
        _jobs[name] = job with
        {
            Lines = job.Lines + 1,
            Problems = job.Problems + (record.Level is "warning" or "error" or "critical" ? 1 : 0),
            Attempts = job.Attempts + (record.Outcome is null ? 0 : 1),
            Failures = job.Failures + (record.Outcome is null or "succeeded" ? 0 : 1),
        };
    }

    private void TakeError(LogRecord record)
    {
        if (record.ErrorType is null)
        {
            return;
        }

        var kind = (record.ErrorType, Differing().Replace(record.ErrorMessage ?? string.Empty, "#"));
        kind = _errors.ContainsKey(kind) || _errors.Count < MaxGroups ? kind : (Other, Other);
        var known = _errors.GetValueOrDefault(kind)
            ?? new ErrorLog(kind.Item1, kind.Item2, 0, record.At, record.At, record.Job, record.ErrorMessage);
        _errors[kind] = known with
        {
            Count = known.Count + 1,
            FirstSeen = known.FirstSeen < record.At ? known.FirstSeen : record.At,
            LastSeen = known.LastSeen > record.At ? known.LastSeen : record.At,
        };
    }

    /// <summary>What differs from case to case: ids, numbers, and what is quoted.</summary>
    [GeneratedRegex("\\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b|[0-9]+|'[^']*'|\"[^\"]*\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Differing();

    private void TakeDuration(LogRecord record)
    {
        if (record is { DurationMs: { } duration, Outcome: { } outcome })
        {
            _slowest.Enqueue(new SlowAttempt(record.Job, record.Execution, record.Attempt, record.At, duration, outcome), duration);
            if (_slowest.Count > top)
            {
                _slowest.Dequeue();
            }
        }
    }
}
