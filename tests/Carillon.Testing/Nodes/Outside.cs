using Carillon.Model;

namespace Carillon.Testing;

/// <summary>
/// The world that user code acts on: it decides what the code of each job does, remembers every start that reached it,
/// and notes each one that must not have.
/// </summary>
/// <param name="database">What is recorded.</param>
/// <param name="holdsLease">Whether a node runs and believes in its lease.</param>
public sealed class Outside(SimulatedDatabase database, Predicate<Guid> holdsLease)
{
    private readonly Dictionary<string, Func<OutsideStart, CodeScript>> _scripts = new(StringComparer.Ordinal);
    private readonly List<OutsideStart> _starts = [];
    private readonly HashSet<AttemptKey> _keys = [];
    private readonly HashSet<OutsideStart> _running = [];
    private readonly List<string> _violations = [];

    /// <summary>Every start, in order.</summary>
    public IReadOnlyList<OutsideStart> Starts => _starts;

    /// <summary>
    /// What must never be: a start under a used key, without a committed row, on a node without a lease, or of an execution
    /// that is given up for lost while it runs under one.
    /// </summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>The starts of one job, in order.</summary>
    public IReadOnlyList<OutsideStart> Of(string jobId)
    {
        return [.. _starts.Where(s => string.Equals(s.Key.JobId, jobId, StringComparison.Ordinal))];
    }

    /// <summary>Sets what the code of a job does from now on. Default: it succeeds at once.</summary>
    public void Script(string jobId, CodeScript script)
    {
        Script(jobId, _ => script);
    }

    /// <summary>Sets what the code of a job does from now on, start by start.</summary>
    public void Script(string jobId, Func<OutsideStart, CodeScript> script)
    {
        _scripts[jobId] = script;
    }

    /// <summary>Runs the code of one attempt on a node.</summary>
    internal async Task RunAsync(Guid node, JobContext context, CancellationToken cancellationToken)
    {
        var key = new AttemptKey(context.JobId, context.ScheduledAt, context.Attempt);
        var start = new OutsideStart(key, node, database.Clock.Now(), context.FencingToken, context.Payload);
        Judge(start);
        _starts.Add(start);
        _running.Add(start);
        var script = _scripts.TryGetValue(context.JobId, out var decide) ? decide(start) : CodeScript.Instant;
        try
        {
            if (script.Duration > TimeSpan.Zero)
            {
                await Task.Delay(script.Duration, database.Clock, script.IsDeaf ? CancellationToken.None : cancellationToken);
            }
        }
        finally
        {
            _running.Remove(start);
        }

        if (script.Problem is { } problem)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private void Judge(OutsideStart start)
    {
        if (!_keys.Add(start.Key))
        {
            _violations.Add($"{start} is not the first start under its key");
        }

        var row = database.FindAttempt(start.Key);
        if (row is not { StartedNo: not null, Result: null or { Outcome: Outcome.Cancelled } })
        {
            _violations.Add($"{start} has a row that says otherwise: {row}");
        }

        foreach (var earlier in _running.Where(s => s.Key.ExecutionId == start.Key.ExecutionId && holdsLease(s.Node)))
        {
            if (database.FindAttempt(earlier.Key)?.Result is { Outcome: Outcome.Lost, Reason: "worker_died" })
            {
                _violations.Add($"{start} comes while {earlier} still runs, on a node that has its lease");
            }
        }

        if (!(database.LeaseOf(start.Node) > start.At))
        {
            _violations.Add($"{start} comes when the lease of its node has passed: {database.LeaseOf(start.Node):O}");
        }
    }
}
