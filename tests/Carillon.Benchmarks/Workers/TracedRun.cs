namespace Carillon.Benchmarks.Workers;

/// <summary>One run of a job's code, as the code noted it.</summary>
/// <param name="Node">The node it ran on, from 0 on.</param>
/// <param name="Job">The job.</param>
/// <param name="ScheduledAt">The occurrence.</param>
/// <param name="Attempt">1, or more where the scheduler says that it runs the occurrence again.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When a slow job ended; null while it runs, and for others.</param>
internal sealed record TracedRun(
    int Node, string Job, DateTimeOffset ScheduledAt, int Attempt, DateTimeOffset StartedAt, DateTimeOffset? EndedAt = null);
