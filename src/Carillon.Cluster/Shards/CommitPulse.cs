using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// Counts what a node has committed, so that whoever shows it can tell cheaply whether there is something new. Safe from
/// any thread. A count is raised only after the histories have been told.
/// </summary>
public sealed class CommitPulse
{
    private long _jobs;
    private long _executions;

    /// <summary>Changes and removals of jobs.</summary>
    public long Jobs => Interlocked.Read(ref _jobs);

    /// <summary>Facts about occurrences: planned, started, finished, not run.</summary>
    public long Executions => Interlocked.Read(ref _executions);

    /// <summary>Counts what was committed.</summary>
    internal void Count(IReadOnlyList<ShardWrite> writes)
    {
        var (jobs, executions) = (0, 0);
        for (var i = 0; i < writes.Count; i++)
        {
            var write = writes[i];
            jobs += write is SaveJob or DeleteJob ? 1 : 0;
            executions += write is PlanAttempt or StartAttempt or FinishAttempt or SaveOccurrenceRun ? 1 : 0;
        }

        Interlocked.Add(ref _jobs, jobs);
        Interlocked.Add(ref _executions, executions);
    }
}
