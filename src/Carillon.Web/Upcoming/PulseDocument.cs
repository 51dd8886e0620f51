
namespace Carillon.Web;

/// <summary>
/// A number for each panel that changes when what it shows has changed: a panel whose number is the same need not be
/// read again. The numbers say nothing else; those of two nodes, or of two lives of one, have nothing to do with each other.
/// </summary>
/// <param name="Jobs">Jobs, their pauses and figures.</param>
/// <param name="Executions">Executions, started, ended and waiting.</param>
/// <param name="Queues">Queues and workers, but for how long something has waited.</param>
/// <param name="Nodes">Nodes, but for the ages of their heartbeats.</param>
/// <param name="Scheduler">The pause of the whole scheduler.</param>
/// <param name="AsOf">When it was read.</param>
internal sealed record PulseDocument(long Jobs, long Executions, long Queues, long Nodes, long Scheduler, DateTimeOffset AsOf)
{
    /// <summary>The numbers of now.</summary>
    public static PulseDocument Of(NodeContext node, NodeAnswers answers)
    {
        var (jobs, executions, queues) = (new PulseHash(), new PulseHash(), new PulseHash());
        foreach (var (incarnation, answer) in answers.Nodes.OrderBy(static one => one.Key))
        {
            var (worker, name) = (answer.Worker, incarnation.ToString());
            jobs = jobs.Add(name).Add(answer.JobCommits + answer.ExecutionCommits);
            executions = executions.Add(name).Add(answer.ExecutionCommits);
            queues = queues.Add(name).Add(worker.Slots).Add(worker.Active).Add(worker.Running).Add(worker.Overdue);
            foreach (var queue in worker.Queues)
            {
                queues = queues.Add(queue.Name).Add(queue.Slots).Add(queue.Active).Add(queue.Length);
            }
        }

        var nodes = new PulseHash();
        foreach (var row in node.Directory.Nodes.Values.OrderBy(static row => row.Incarnation))
        {
            nodes = nodes.Add(row.Name).Add((long)row.Status).Add(row.Advertise).Add(row.Version).Add(row.StartedAt.UtcTicks);
        }

        var now = node.Clock.GetUtcNow();
        var pause = node.Pause.IsPaused(now) ? node.Pause.Last : null;
        var scheduler = new PulseHash().Add(pause?.Reason ?? string.Empty).Add(pause?.At.UtcTicks ?? 0).Add(pause?.Until?.UtcTicks ?? 0);
        return new PulseDocument(
            jobs.Value, executions.Value, queues.Value, nodes.Value, scheduler.Value, now);
    }
}
