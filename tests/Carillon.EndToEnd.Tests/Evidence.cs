using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>What really ran against what was recorded.</summary>
internal sealed class Evidence
{
    private const int MaxShown = 10;
    private readonly IReadOnlyList<TruthRequest> _requests;
    private readonly IReadOnlyList<ExecutionRow> _executions;
    private readonly Dictionary<AttemptName, (ExecutionRow Execution, AttemptRow Row)> _rows;

    public Evidence(IReadOnlyList<TruthRequest> requests, IReadOnlyList<ExecutionRow> executions)
    {
        _requests = requests;
        _executions = executions;
        _rows = executions
            .SelectMany(static e => e.Attempts.Select(a => (Execution: e, Row: a)))
            .ToDictionary(static r => new AttemptName(r.Execution.JobId, r.Execution.ScheduledAt, r.Row.Attempt));
    }

    /// <summary>Executions with an attempt whose node died.</summary>
    public IReadOnlyList<ExecutionRow> Lost => [.. _executions.Where(static e => e.Attempts.Any(IsLost))];

    /// <summary>The node that ran an attempt, as it is recorded; null when it is not.</summary>
    public string? NodeOf(AttemptName attempt)
    {
        return _rows.TryGetValue(attempt, out var found) ? found.Row.Node : null;
    }

    public void NoAttemptRanTwice()
    {
        None("ran twice", _requests.GroupBy(static r => r.Attempt).Where(static g => g.Count() > 1).Select(static g => g.Key));
    }

    /// <summary>Every request has an attempt row that says it started, and the headers of the request say what the row says.</summary>
    public void EveryRequestIsRecorded()
    {
        None("ran without a row of its start", _requests.Where(r => !_rows.TryGetValue(r.Attempt, out var found) || found.Row.StartedAt is null));
        None("were told another execution than recorded", _requests.Where(r => r.Execution != _rows[r.Attempt].Execution.ExecutionId));
        None("were told another fencing token than recorded", _requests.Where(r => r.FencingToken != _rows[r.Attempt].Row.FencingToken));
        None("have another idempotency key than their execution", _requests.Where(static r => Guid.Parse(r.IdempotencyKey) != r.Execution));
        None("have no traceparent", _requests.Where(static r => r.TraceParent is not ['0', '0', '-', ..]));
    }

    public void EverySuccessRan()
    {
        var ran = _requests.Select(static r => r.Attempt).ToHashSet();
        None("succeeded without a request", _rows.Where(r => r.Value.Row.Outcome is "succeeded" && !ran.Contains(r.Key)).Select(static r => r.Key));
    }

    /// <summary>A request whose caller died got no answer, so that its attempt cannot have any other outcome than lost.</summary>
    public void EveryInterruptedRequestIsLost()
    {
        None("were interrupted, but are not lost", _requests.Where(r => !r.IsAnswered && !IsLost(_rows[r.Attempt].Row)));
    }

    /// <summary>At most once: lost for good after one attempt. At least once: run again until it succeeded.</summary>
    public void EveryLossFollowsItsGuarantee(Predicate<string> isAtMostOnce)
    {
        None("ran again, though at most once", Lost.Where(e => isAtMostOnce(e.JobId) && (e.Attempts.Count != 1 || e.Status is not "lost")));
        None("did not run again", Lost.Where(e => !isAtMostOnce(e.JobId) && (IsLost(e.Attempts[^1]) || e.Status is not "succeeded")));
        None("are lost for another reason", Lost.SelectMany(static e => e.Attempts).Where(static a => IsLost(a) && a.Reason is not "worker_died"));
    }

    public void TokensGrow()
    {
        foreach (var job in RequestsByJob())
        {
            None($"of {job.Key} have a token that is not larger than the one before", Overtaken(job));
        }
    }

    /// <summary>
    /// A node that stands still between its last look at its lease and its request sends it when it goes on: after a newer
    /// start of the job, which came only when that one had been given up for lost. What it writes to can tell by the token.
    /// </summary>
    /// <param name="overlaps">Jobs that may run several times at once: these runs may arrive in another order than they started in.</param>
    public void OvertakenStartsAreLost(Predicate<string> overlaps)
    {
        foreach (var job in RequestsByJob().Where(job => !overlaps(job.Key)))
        {
            None(
                $"of {job.Key} came after a larger token and are not lost",
                Overtaken(job).Where(r => !_rows.TryGetValue(r.Attempt, out var found) || !IsLost(found.Row)));
        }
    }

    /// <summary>Between the first and the last run of a job, every tick of its schedule ran or is counted as skipped.</summary>
    public void NoTickIsMissing(TimeSpan interval, IReadOnlyDictionary<string, double> skipped)
    {
        foreach (var job in _executions.GroupBy(static e => e.JobId, StringComparer.Ordinal))
        {
            var times = job.Select(static e => e.ScheduledAt).Order().ToArray();
            var ticks = ((times[^1] - times[0]) / interval) + 1;
            var missing = ticks - times.Length;
            Assert.True(missing >= 0 && missing <= skipped[job.Key], $"{job.Key}: of {ticks} ticks, {times.Length} ran and {skipped[job.Key]} were skipped");
        }
    }

    private IEnumerable<IGrouping<string, TruthRequest>> RequestsByJob()
    {
        return _requests.GroupBy(static r => r.Attempt.Job, StringComparer.Ordinal);
    }

    /// <summary>The requests of a job that came when one with the same or a larger token had come.</summary>
    private static IEnumerable<TruthRequest> Overtaken(IEnumerable<TruthRequest> job)
    {
        var newest = 0L;
        foreach (var request in job.OrderBy(static r => r.Order))
        {
            if (request.FencingToken <= newest)
            {
                yield return request;
            }

            newest = Math.Max(newest, request.FencingToken);
        }
    }

    private static bool IsLost(AttemptRow row)
    {
        return row.Outcome is "lost";
    }

    private static void None<T>(string what, IEnumerable<T> found)
    {
        var all = found.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} {what}:\n{string.Join('\n', all.Take(MaxShown))}");
    }
}
